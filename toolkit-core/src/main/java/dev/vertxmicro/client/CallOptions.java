package dev.vertxmicro.client;

import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.selector.Filter;
import dev.vertxmicro.selector.SelectOptions;
import dev.vertxmicro.selector.Strategy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.immutables.value.Value;

/**
 * What is special about one call: go-micro's {@code client.CallOptions}.
 *
 * @param addresses      {@code host:port} to call instead of asking the registry, tried in turn; empty asks it
 * @param filters        leave some nodes of the service out
 * @param strategy       how to choose among the nodes instead of the client's; one that is made once keeps its state from call to call
 * @param contentType    content type instead of the client's
 * @param requestTimeout time for all attempts instead of the client's
 * @param retries        further attempts instead of the client's
 * @param idempotent     whether the call may be repeated, instead of what the .proto and the client say of its endpoint
 * @param idempotencyKey names this call among all attempts at it, and those that the caller makes himself later, so that one node of a
 *                       server that keeps keys answers it once: by a result or an error that its handler decided on. What failed for
 *                       now, such as by its deadline, is handled again. At most 256 characters, or that server refuses the call
 * @param hedge          when it is sent to another node besides, instead of what the client says
 */
@Value.Builder
@OptionsStyle
public record CallOptions(
        List<String> addresses,
        List<Filter> filters,
        Optional<Strategy> strategy,
        Optional<String> contentType,
        Optional<Duration> requestTimeout,
        OptionalInt retries,
        Optional<Boolean> idempotent,
        Optional<String> idempotencyKey,
        Optional<HedgeOptions> hedge)
        implements WithCallOptions {
    /** Nothing special. */
    public static final CallOptions DEFAULTS = new CallOptions(
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** Checks the bounds and copies the lists. */
    public CallOptions {
        addresses = List.copyOf(addresses);
        filters = List.copyOf(filters);
        requestTimeout.ifPresent(ClientOptions::checkTimeout);
        if (retries.isPresent() && retries.getAsInt() < 0) {
            throw new IllegalArgumentException("retries: " + retries.getAsInt() + " (expected: >= 0)");
        }
        idempotencyKey.filter(String::isBlank).ifPresent(key -> {
            throw new IllegalArgumentException("idempotencyKey: empty (expected: a text that no other call has)");
        });
    }

    /**
     * Says what is special about the choice of a node.
     *
     * @return filters and strategy
     */
    public SelectOptions selection() {
        return filters.isEmpty() && strategy.isEmpty()
                ? SelectOptions.DEFAULTS
                : new SelectOptions(filters, strategy, Optional.empty());
    }
}
