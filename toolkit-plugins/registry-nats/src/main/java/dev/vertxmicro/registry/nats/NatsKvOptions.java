package dev.vertxmicro.registry.nats;

import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.config.Secret;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.registry.nats.bucket.BucketSettings;
import dev.vertxmicro.registry.nats.link.LinkSettings;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.immutables.value.Value;

/**
 * Settings of the NATS registry that keeps nodes in a key-value bucket of JetStream.
 *
 * @param addresses      servers, {@code host:port}, port 4222 if missing; any of them is taken, and another one when that is gone
 * @param user           name of the user; empty for none
 * @param password       of the user
 * @param token          in place of a user; empty for none
 * @param requestTimeout how long a server may take to answer; &gt; 0
 * @param reconnectWait  pause before a lost server is tried again, up to twice that by chance; &gt; 0
 * @param pingInterval   how often a connection is tried out; one that answers neither of two pings is given up; &gt; 0
 * @param bucket         name of the bucket: letters, digits, {@code -} and {@code _}; made where it is not there
 * @param files          whether a bucket that is made keeps its entries in files, and so when its server starts again; else in memory
 * @param replicas       how many servers keep a bucket that is made; 1 to 5
 * @param bucketTtl      after which time a bucket that is made forgets entries that nobody renewed, those of killed nodes; &gt;= 1 s
 * @param grace          how long nodes are kept that the bucket has forgotten after the connection was lost; &gt;= 0
 * @param tls            secured connections, files are in PEM form; certificate and key are those of this client, if the
 *                       server wants one
 */
@Value.Builder
@OptionsStyle
public record NatsKvOptions(
        List<String> addresses,
        String user,
        Secret password,
        Secret token,
        Duration requestTimeout,
        Duration reconnectWait,
        Duration pingInterval,
        String bucket,
        boolean files,
        int replicas,
        Duration bucketTtl,
        Duration grace,
        TlsOptions tls)
        implements WithNatsKvOptions {
    private static final Pattern NAME = Pattern.compile("[-\\w]+");
    private static final int MOST_REPLICAS = 5;

    /** A server of this host, nobody in particular, 5 s, 500 ms, 5 s, micro-registry in memory once, 10 min, 60 s, plain connections. */
    public static final NatsKvOptions DEFAULTS = new NatsKvOptions(
            List.of("127.0.0.1:4222"),
            "",
            Secret.NONE,
            Secret.NONE,
            Duration.ofSeconds(5),
            Duration.ofMillis(500),
            Duration.ofSeconds(5),
            "micro-registry",
            false,
            1,
            Duration.ofMinutes(10),
            Duration.ofSeconds(60),
            TlsOptions.OFF);

    /** Checks the values, and adds the port to addresses without one. */
    public NatsKvOptions {
        addresses = new LinkSettings(addresses, user, password, token, requestTimeout, reconnectWait, pingInterval, tls)
                .addresses();
        LinkSettings.check(
                NAME.matcher(bucket).matches(),
                "bucket",
                bucket.isEmpty() ? "empty" : bucket,
                "letters, digits, - and _");
        LinkSettings.check(replicas >= 1 && replicas <= MOST_REPLICAS, "replicas", replicas, "1 to 5");
        LinkSettings.check(bucketTtl.compareTo(Duration.ofSeconds(1)) >= 0, "bucketTtl", bucketTtl, ">= 1 s");
        LinkSettings.check(!grace.isNegative(), "grace", grace, ">= 0");
    }

    LinkSettings link() {
        return new LinkSettings(addresses, user, password, token, requestTimeout, reconnectWait, pingInterval, tls);
    }

    BucketSettings keeping() {
        return new BucketSettings(bucket, files, replicas, bucketTtl, requestTimeout);
    }

    /**
     * Returns a copy with this user.
     *
     * @param name  of the user
     * @param value its password
     * @return the copy
     */
    public NatsKvOptions withUser(String name, String value) {
        return new NatsKvOptions(
                addresses,
                name,
                Secret.of(value),
                token,
                requestTimeout,
                reconnectWait,
                pingInterval,
                bucket,
                files,
                replicas,
                bucketTtl,
                grace,
                tls);
    }
}
