package dev.vertxmicro.registry.nats;

import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.config.Secret;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.registry.nats.link.LinkSettings;
import java.time.Duration;
import java.util.List;
import org.immutables.value.Value;

/**
 * Settings of the NATS registry that asks all processes, as go-micro's does.
 *
 * @param addresses      servers, {@code host:port}, port 4222 if missing; any of them is taken, and another one when that is gone
 * @param user           name of the user; empty for none
 * @param password       of the user
 * @param token          in place of a user; empty for none
 * @param requestTimeout how long a server may take to answer; &gt; 0
 * @param reconnectWait  pause before a lost server is tried again, up to twice that by chance; &gt; 0
 * @param pingInterval   how often a connection is tried out; one that answers neither of two pings is given up; &gt; 0
 * @param queryTopic     subject of queries; go-micro's is {@code micro.registry.nats.query}
 * @param watchTopic     subject of changes; go-micro's is {@code micro.registry.nats.watch}
 * @param collect        how long answers are collected at least, after the server has the question; &gt; 0
 * @param refresh        after which time a node is asked for that does not say how long it holds, as those of Go; &gt; 0
 * @param grace          how long nodes are kept that do not answer after the connection was lost; &gt;= 0
 * @param tls            secured connections, files are in PEM form; certificate and key are those of this client, if the
 *                       server wants one
 */
@Value.Builder
@OptionsStyle
public record NatsRegistryOptions(
        List<String> addresses,
        String user,
        Secret password,
        Secret token,
        Duration requestTimeout,
        Duration reconnectWait,
        Duration pingInterval,
        String queryTopic,
        String watchTopic,
        Duration collect,
        Duration refresh,
        Duration grace,
        TlsOptions tls)
        implements WithNatsRegistryOptions {
    /** A server of this host, nobody in particular, 5 s, 500 ms, 5 s, go-micro's subjects, 100 ms, 30 s, 60 s, plain connections. */
    public static final NatsRegistryOptions DEFAULTS = new NatsRegistryOptions(
            List.of("127.0.0.1:4222"),
            "",
            Secret.NONE,
            Secret.NONE,
            Duration.ofSeconds(5),
            Duration.ofMillis(500),
            Duration.ofSeconds(5),
            "micro.registry.nats.query",
            "micro.registry.nats.watch",
            Duration.ofMillis(100),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            TlsOptions.OFF);

    /** Checks the values, and adds the port to addresses without one. */
    public NatsRegistryOptions {
        addresses = new LinkSettings(addresses, user, password, token, requestTimeout, reconnectWait, pingInterval, tls)
                .addresses();
        LinkSettings.subject("queryTopic", queryTopic);
        LinkSettings.subject("watchTopic", watchTopic);
        LinkSettings.check(!queryTopic.equals(watchTopic), "watchTopic", watchTopic, "another one than queryTopic");
        LinkSettings.positive("collect", collect);
        LinkSettings.positive("refresh", refresh);
        LinkSettings.check(!grace.isNegative(), "grace", grace, ">= 0");
    }

    LinkSettings link() {
        return new LinkSettings(addresses, user, password, token, requestTimeout, reconnectWait, pingInterval, tls);
    }

    /**
     * Returns a copy with this user.
     *
     * @param name  of the user
     * @param value its password
     * @return the copy
     */
    public NatsRegistryOptions withUser(String name, String value) {
        return new NatsRegistryOptions(
                addresses,
                name,
                Secret.of(value),
                token,
                requestTimeout,
                reconnectWait,
                pingInterval,
                queryTopic,
                watchTopic,
                collect,
                refresh,
                grace,
                tls);
    }
}
