package dev.vertxmicro.registry.zookeeper;

import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.config.Secret;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.immutables.value.Value;

/**
 * Settings of the ZooKeeper registry.
 *
 * @param addresses      servers of one ensemble, {@code host:port}, port 2181 if missing; any of them, another one when
 *                       it is away
 * @param chroot         path that everything is kept under, such as {@code /apps/shop}, made if missing; go-micro's
 *                       peers know none; empty for none
 * @param user           name for ZooKeeper's scheme {@code digest}; what is registered can then be changed by this user
 *                       only; empty for none
 * @param password       of the user; never written in clear
 * @param worldReadable  whether anybody may read what a user has registered, as go-micro's peers must, who do not log
 *                       in
 * @param requestTimeout how long a request may take, the wait for a connection included; &gt; 0
 * @param sessionTimeout of the session that looks up and watches; a dead connection is noticed after two thirds of it;
 *                       1 s to 10 min
 * @param grace          how long nodes are kept that ZooKeeper has forgotten when it is back with another memory;
 *                       choose it longer than the interval of renewals; &gt;= 0
 */
@Value.Builder
@OptionsStyle
public record ZookeeperRegistryOptions(
        List<String> addresses,
        String chroot,
        String user,
        Secret password,
        boolean worldReadable,
        Duration requestTimeout,
        Duration sessionTimeout,
        Duration grace)
        implements WithZookeeperRegistryOptions {
    // Before DEFAULTS, whose check needs them.
    private static final int PORT = 2181;
    private static final Duration SHORTEST_SESSION = Duration.ofSeconds(1);
    private static final Duration LONGEST_SESSION = Duration.ofMinutes(10);
    private static final Pattern CHROOT = Pattern.compile("(/[\\w.:@+-]*[\\w:@+-][\\w.:@+-]*)*");

    /** The server of this host, nobody's user, world readable, 5 s, 10 s, 60 s. */
    public static final ZookeeperRegistryOptions DEFAULTS = new ZookeeperRegistryOptions(
            List.of("127.0.0.1:2181"),
            "",
            "",
            Secret.NONE,
            true,
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60));

    /** Checks the values, and adds the port to addresses without one. */
    public ZookeeperRegistryOptions {
        addresses = addresses.stream()
                .map(ZookeeperRegistryOptions::normal)
                .distinct()
                .toList();
        check(!addresses.isEmpty(), "addresses", "none", "host:port of a server, >= 1");
        check(
                CHROOT.matcher(chroot).matches(),
                "chroot",
                chroot,
                "a path such as /apps/shop, without a slash at its end");
        check(user.indexOf(':') < 0, "user", user, "no colon");
        check(
                user.isEmpty() == password.isEmpty(),
                "password",
                password.isEmpty() ? "none" : "***",
                "user and password");
        check(!requestTimeout.isNegative() && !requestTimeout.isZero(), "requestTimeout", requestTimeout, "> 0");
        check(
                sessionTimeout.compareTo(SHORTEST_SESSION) >= 0 && sessionTimeout.compareTo(LONGEST_SESSION) <= 0,
                "sessionTimeout",
                sessionTimeout,
                "1 s to 10 min");
        check(!grace.isNegative(), "grace", grace, ">= 0");
    }

    private static String normal(String address) {
        return HostPort.parse(address.strip(), PORT)
                .map(HostPort::text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "addresses: " + Secret.masked(address) + " (expected: host:port, without a path)"));
    }

    private static void check(boolean good, String name, Object value, String expected) {
        if (!good) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }

    /**
     * Returns a copy with a user.
     *
     * @param name   of the user, without a colon
     * @param secret its password
     * @return the copy
     */
    public ZookeeperRegistryOptions withLogin(String name, String secret) {
        return new ZookeeperRegistryOptions(
                addresses, chroot, name, Secret.of(secret), worldReadable, requestTimeout, sessionTimeout, grace);
    }
}
