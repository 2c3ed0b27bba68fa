package dev.vertxmicro.client.rpc;

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
final class CallSettings {
    private final ClientOptions options;
    /** The longest pattern first. */
    private final List<EndpointOptions> special;

    CallSettings(ClientOptions options) {
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

    Duration timeout(Request<?, ?> request) {
        CallOptions call = request.options();
        return call.requestTimeout().isPresent()
                ? call.requestTimeout().get()
                : special(request).requestTimeout().orElse(options.requestTimeout());
    }

    int retries(Request<?, ?> request) {
        CallOptions call = request.options();
        return call.retries().isPresent()
                ? call.retries().getAsInt()
                : special(request).retries().orElse(options.retries());
    }

    boolean idempotent(Request<?, ?> request) {
        CallOptions call = request.options();
        return call.idempotent().isPresent()
                ? call.idempotent().get()
                : special(request).idempotent().orElse(request.endpoint().idempotent());
    }

    /** Empty unless the call may be sent twice. */
    Optional<HedgeOptions> hedge(Request<?, ?> request) {
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
