package dev.vertxmicro.client;

import dev.vertxmicro.config.Glob;
import dev.vertxmicro.config.OptionsStyle;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.immutables.value.Value;

/**
 * What is special about calls of some endpoints. What a call says itself comes before it.
 *
 * @param pattern        which: {@code Greeter.Hello}, {@code Greeter.*} or {@code *}; of several that fit the longest counts
 * @param requestTimeout time for all attempts instead of the client's
 * @param retries        further attempts instead of the client's
 * @param idempotent     whether they may be repeated, instead of what the .proto says
 * @param hedge          when a call is sent to another node besides, instead of the client's
 */
@Value.Builder
@OptionsStyle
public record EndpointOptions(
        String pattern,
        Optional<Duration> requestTimeout,
        OptionalInt retries,
        Optional<Boolean> idempotent,
        Optional<HedgeOptions> hedge)
        implements WithEndpointOptions {
    /** Nothing special about any. */
    public static final EndpointOptions DEFAULTS =
            new EndpointOptions("*", Optional.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty());

    /** Checks the bounds. */
    public EndpointOptions {
        Glob.requireNameOrStart("pattern", pattern);
        requestTimeout.ifPresent(ClientOptions::checkTimeout);
        if (retries.isPresent() && retries.getAsInt() < 0) {
            throw new IllegalArgumentException("retries: " + retries.getAsInt() + " (expected: >= 0)");
        }
    }

    /**
     * Tells whether an endpoint is one of these.
     *
     * @param endpoint its name
     * @return true if the pattern fits
     */
    public boolean fits(String endpoint) {
        return Glob.matches(pattern, endpoint);
    }
}
