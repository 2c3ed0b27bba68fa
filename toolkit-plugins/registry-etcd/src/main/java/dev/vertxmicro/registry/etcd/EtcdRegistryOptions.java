package dev.vertxmicro.registry.etcd;

import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.config.Secret;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.registry.etcd.member.MemberSettings;
import java.time.Duration;
import java.util.List;
import org.immutables.value.Value;

/**
 * Settings of the etcd registry.
 *
 * @param addresses      members of the cluster, {@code host:port}, port 2379 if missing; asked in this order, the next one when one
 *                       cannot serve
 * @param user           of etcd, which needs the right to read and write the keys below {@code prefix}; empty for none
 * @param password       of the user; empty for none
 * @param prefix         of all keys, with a slash at its end; go-micro's is {@code /micro/registry/}, and its services see no other
 * @param requestTimeout how long one member may take to answer; &gt; 0
 * @param grace          how long nodes are kept that etcd has forgotten when it is back after it lost its memory; choose it longer
 *                       than the interval of renewals; &gt;= 0
 * @param maxWatches     services that are watched one by one; further ones share a watch of all; &gt;= 0
 * @param tls            secured connections, files are in PEM form; certificate and key are those of this client, if the
 *                       server wants one
 */
@Value.Builder
@OptionsStyle
public record EtcdRegistryOptions(
        List<String> addresses,
        String user,
        Secret password,
        String prefix,
        Duration requestTimeout,
        Duration grace,
        int maxWatches,
        TlsOptions tls)
        implements WithEtcdRegistryOptions {
    /** A server of this host, no user, go-micro's keys, 5 s, 60 s, 256 watches, plain connections. */
    public static final EtcdRegistryOptions DEFAULTS = new EtcdRegistryOptions(
            List.of("127.0.0.1:2379"),
            "",
            Secret.NONE,
            "/micro/registry/",
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            256,
            TlsOptions.OFF);

    /** Checks the values, and adds the port to addresses without one. */
    public EtcdRegistryOptions {
        addresses = addresses.stream()
                .map(each -> MemberSettings.address(each).text())
                .distinct()
                .toList();
        check(!addresses.isEmpty(), "addresses", "none", "host:port of a member, >= 1");
        check(password.isEmpty() || !user.isEmpty(), "user", "none", "whose password it is");
        check(prefix.endsWith("/"), "prefix", "\"" + prefix + "\"", "a slash at its end");
        check(!requestTimeout.isNegative() && !requestTimeout.isZero(), "requestTimeout", requestTimeout, "> 0");
        check(!grace.isNegative(), "grace", grace, ">= 0");
        check(maxWatches >= 0, "maxWatches", maxWatches, ">= 0");
    }

    private static void check(boolean good, String name, Object value, String expected) {
        if (!good) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }

    /**
     * Returns a copy with a user and the user's password.
     *
     * @param name     of the user, empty for none
     * @param password of the user
     * @return the copy
     */
    public EtcdRegistryOptions withUser(String name, String password) {
        return new EtcdRegistryOptions(
                addresses, name, Secret.of(password), prefix, requestTimeout, grace, maxWatches, tls);
    }
}
