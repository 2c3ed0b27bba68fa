package dev.vertxmicro.client.retrying;

import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.EndpointOptions;
import dev.vertxmicro.client.HedgeOptions;
import dev.vertxmicro.client.Request;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What counts for a call: what it says itself, else what is said of its endpoint, else what is said of all. */
public final class CallSettings {
    private final ClientOptions options;
    /** The longest pattern first. */
    private final List<EndpointOptions> special;

    /**
     * Takes what is said of all, and of endpoints.
     *
     * @param options of the client
     */
    public CallSettings(ClientOptions options) {
        this.options = options;
        this.special = options.endpoints().stream()
                .sorted(Comparator.comparing(
                                (EndpointOptions one) -> one.pattern().length())
                        .reversed())
                .toList();
    }

    private EndpointOptions special(Request<?, ?> request) {
        for (int i = 0; i < special.size(); i++) {
            if (special.get(i).fits(request.endpoint().name())) {
                return special.get(i);
            }
        }
        return EndpointOptions.DEFAULTS;
    }

    /**
     * Gives the time for all attempts.
     *
     * @param request the call
     * @return the time, unless its context has less
     */
    public Duration timeout(Request<?, ?> request) {
        CallOptions call = request.options();
        return call.requestTimeout().isPresent()
                ? call.requestTimeout().get()
                : special(request).requestTimeout().orElse(options.requestTimeout());
    }

    /**
     * Gives the number of further attempts.
     *
     * @param request the call
     * @return how many
     */
    public int retries(Request<?, ?> request) {
        CallOptions call = request.options();
        return call.retries().isPresent()
                ? call.retries().getAsInt()
                : special(request).retries().orElse(options.retries());
    }

    /**
     * Tells whether the call may be repeated.
     *
     * @param request the call
     * @return true if it may
     */
    public boolean idempotent(Request<?, ?> request) {
        CallOptions call = request.options();
        return call.idempotent().isPresent()
                ? call.idempotent().get()
                : special(request).idempotent().orElse(request.endpoint().idempotent());
    }

    /**
     * Says when the call is sent to another node besides.
     *
     * @param request the call
     * @return when; empty unless it may be sent twice
     */
    public Optional<HedgeOptions> hedge(Request<?, ?> request) {
        Optional<HedgeOptions> hedge = request.options().hedge();
        if (hedge.isEmpty()) {
            hedge = special(request).hedge();
        }
        if (hedge.isEmpty()) {
            hedge = options.hedge();
        }
        return hedge.isPresent() && idempotent(request) ? hedge : Optional.empty();
    }
}
