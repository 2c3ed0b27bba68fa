package dev.vertxmicro.wrapper.auth;

import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.wrapper.auth.proof.Checks;
import dev.vertxmicro.wrapper.auth.token.JwksKeys;
import dev.vertxmicro.wrapper.auth.token.SmallFetch;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import org.immutables.value.Value;

/**
 * A URL where the issuer publishes its keys (RFC 7517). They are asked for with the first token, then by and by; the last good ones are
 * kept while the URL is away.
 *
 * @param url        where; empty for nowhere
 * @param refresh    after how long keys are asked for again; not less than `minRefresh`
 * @param minRefresh how long from one request to the next at least, also where tokens name keys that nobody knows; &gt; 0
 * @param timeout    for all of a request; &gt; 0
 * @param maxBytes   of an answer; 1 KiB to 16 MiB; it may have 32 keys
 * @param trust      PEM files with the certificates of those whose word for the server counts; empty for those whom the JDK trusts
 */
@Value.Builder
@OptionsStyle
public record JwksOptions(
        String url, Duration refresh, Duration minRefresh, Duration timeout, int maxBytes, List<String> trust)
        implements WithJwksOptions {
    private static final int LEAST_BYTES = 1 << 10;
    private static final int MOST_BYTES = 16 << 20;

    /** Nowhere; every 5 min, no more often than in 10 s, within 5 s, 256 KiB. */
    public static final JwksOptions DEFAULTS = new JwksOptions(
            "", Duration.ofMinutes(5), Duration.ofSeconds(10), Duration.ofSeconds(5), 256 << 10, List.of());

    /** Checks the values. */
    public JwksOptions {
        trust = List.copyOf(trust);
        Checks.url("url", url);
        Checks.positive("minRefresh", minRefresh);
        Checks.check(refresh.compareTo(minRefresh) >= 0, "refresh", refresh, ">= minRefresh, which is " + minRefresh);
        Checks.positive("timeout", timeout);
        Checks.check(
                maxBytes >= LEAST_BYTES && maxBytes <= MOST_BYTES,
                "maxBytes",
                maxBytes,
                LEAST_BYTES + " to " + MOST_BYTES);
    }

    static JwksOptions read(Section section) {
        return section.build(() -> new JwksOptions(
                section.string("url", DEFAULTS.url()),
                section.duration("refresh", DEFAULTS.refresh()),
                section.duration("minRefresh", DEFAULTS.minRefresh()),
                section.duration("timeout", DEFAULTS.timeout()),
                section.integer("maxBytes", DEFAULTS.maxBytes()),
                section.strings("trust")));
    }

    SmallFetch fetch(Vertx vertx, Timers timers) {
        return new SmallFetch(vertx, timers, timeout, maxBytes, trust);
    }

    JwksKeys.Settings settings() {
        return new JwksKeys.Settings(url, refresh, minRefresh);
    }
}
