package dev.vertxmicro.client;

import dev.vertxmicro.config.OptionsStyle;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * How a client calls: go-micro's {@code client.Options}.
 *
 * @param name           name of the calling service, sent as {@code Micro-From-Service}; empty sends none
 * @param contentType    content type of requests: {@code application/protobuf}, {@code application/json},
 *                       {@code application/proto-rpc}, {@code application/json-rpc}, {@code application/octet-stream},
 *                       {@code application/x-protobuf} or {@code text/…}; default {@code application/protobuf}
 * @param requestTimeout time for all attempts of a call together, unless its context ends sooner; default 5 s
 * @param retries        how many further attempts a call may make; where it provably reached no handler, and the policy is the safe one,
 *                       as many as there are other nodes, if that is more; zero makes none; default 1
 * @param retry          which failures are tried again; default only safe ones
 * @param backoff        pause before a further attempt, unless it goes to a node that the call has not tried; default at random up to
 *                       10, 20, 40, … ms, at most 1 s
 * @param endpoints      what is special about endpoints, by the pattern of their names; default nothing
 * @param hedge          when a call of an idempotent endpoint is sent to another node besides; default never
 * @param warmUp         services that a verticle looks up and connects to before it says that it is ready, and a described client before it calls
 *     them; default none
 */
@Value.Builder
@OptionsStyle
public record ClientOptions(
        String name,
        String contentType,
        Duration requestTimeout,
        int retries,
        RetryPolicy retry,
        Backoff backoff,
        List<EndpointOptions> endpoints,
        Optional<HedgeOptions> hedge,
        List<String> warmUp)
        implements WithClientOptions {
    private static final int MAX_DAYS = 36_500;

    /** go-micro's defaults, but for trying again only what is safe. */
    public static final ClientOptions DEFAULTS = new ClientOptions(
            "",
            "application/protobuf",
            Duration.ofSeconds(5),
            1,
            RetryPolicy.safe(),
            Backoff.jittered(),
            List.of(),
            Optional.empty(),
            List.of());

    /** Checks the bounds and copies the list. */
    public ClientOptions {
        endpoints = List.copyOf(endpoints);
        warmUp = List.copyOf(warmUp);
        if (warmUp.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("warmUp: " + warmUp + " (expected: service names, none empty)");
        }
        if (contentType.isBlank()) {
            throw new IllegalArgumentException("contentType: empty (expected: a content type)");
        }
        checkTimeout(requestTimeout);
        if (retries < 0) {
            throw new IllegalArgumentException("retries: " + retries + " (expected: >= 0)");
        }
    }

    /** Beyond 100 years a clock that counts nanoseconds runs over in the end. */
    static void checkTimeout(Duration requestTimeout) {
        if (requestTimeout.isNegative() || requestTimeout.isZero()) {
            throw new IllegalArgumentException("requestTimeout: " + requestTimeout + " (expected: > 0)");
        }
        if (requestTimeout.compareTo(Duration.ofDays(MAX_DAYS)) > 0) {
            throw new IllegalArgumentException(
                    "requestTimeout: " + requestTimeout + " (expected: <= " + MAX_DAYS + " days)");
        }
    }
}
