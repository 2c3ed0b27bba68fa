package dev.vertxmicro.client;

import dev.vertxmicro.selector.Filter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is special about one call: go-micro's {@code client.CallOptions}.
 *
 * @param addresses      {@code host:port} to call instead of asking the registry, tried in turn; empty asks it
 * @param filters        leave some nodes of the service out
 * @param contentType    content type instead of the client's
 * @param requestTimeout time for all attempts instead of the client's
 * @param retries        further attempts instead of the client's
 */
public record CallOptions(
        List<String> addresses,
        List<Filter> filters,
        Optional<String> contentType,
        Optional<Duration> requestTimeout,
        OptionalInt retries) {
    /** Nothing special. */
    public static final CallOptions DEFAULTS =
            new CallOptions(List.of(), List.of(), Optional.empty(), Optional.empty(), OptionalInt.empty());

    /** Checks the bounds and copies the lists. */
    public CallOptions {
        addresses = List.copyOf(addresses);
        filters = List.copyOf(filters);
        requestTimeout
                .filter(timeout -> timeout.isNegative() || timeout.isZero())
                .ifPresent(timeout -> {
                    throw new IllegalArgumentException("requestTimeout: " + timeout + " (expected: > 0)");
                });
        if (retries.isPresent() && retries.getAsInt() < 0) {
            throw new IllegalArgumentException("retries: " + retries.getAsInt() + " (expected: >= 0)");
        }
    }

    /**
     * Returns a copy that calls these addresses.
     *
     * @param others {@code host:port} each
     * @return the copy
     */
    public CallOptions withAddresses(String... others) {
        return new CallOptions(List.of(others), filters, contentType, requestTimeout, retries);
    }

    /**
     * Returns a copy with these filters.
     *
     * @param others the filters, all apply
     * @return the copy
     */
    public CallOptions withFilters(Filter... others) {
        return new CallOptions(addresses, List.of(others), contentType, requestTimeout, retries);
    }

    /**
     * Returns a copy with this content type.
     *
     * @param type the type
     * @return the copy
     */
    public CallOptions withContentType(String type) {
        return new CallOptions(addresses, filters, Optional.of(type), requestTimeout, retries);
    }

    /**
     * Returns a copy with this timeout.
     *
     * @param timeout the time for all attempts
     * @return the copy
     */
    public CallOptions withRequestTimeout(Duration timeout) {
        return new CallOptions(addresses, filters, contentType, Optional.of(timeout), retries);
    }

    /**
     * Returns a copy with this many further attempts.
     *
     * @param count at least 0
     * @return the copy
     */
    public CallOptions withRetries(int count) {
        return new CallOptions(addresses, filters, contentType, requestTimeout, OptionalInt.of(count));
    }
}
