package dev.vertxmicro.client;

import dev.vertxmicro.config.OptionsStyle;
import java.time.Duration;
import java.util.List;
import org.immutables.value.Value;

/**
 * How a client calls: go-micro's {@code client.Options}.
 *
 * @param name           name of the calling service, sent as {@code Micro-From-Service}; empty sends none
 * @param contentType    content type of requests: {@code application/protobuf}, {@code application/json},
 *                       {@code application/proto-rpc}, {@code application/json-rpc}, {@code application/octet-stream},
 *                       {@code application/x-protobuf} or {@code text/…}; default {@code application/protobuf}
 * @param requestTimeout time for all attempts of a call together, unless its context ends sooner; default 5 s
 * @param retries        how many further attempts a call may make; default 1
 * @param retry          which failures are tried again; default only safe ones
 * @param backoff        pause before a further attempt; default 10<sup>n</sup> ms
 * @param warmUp         services that a verticle looks up and connects to before it says that it is ready; default none
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
        List<String> warmUp)
        implements WithClientOptions {
    /** go-micro's defaults, but for trying again only what is safe. */
    public static final ClientOptions DEFAULTS = new ClientOptions(
            "", "application/protobuf", Duration.ofSeconds(5), 1, RetryPolicy.safe(), Backoff.exponential(), List.of());

    /** Checks the bounds and copies the list. */
    public ClientOptions {
        warmUp = List.copyOf(warmUp);
        if (warmUp.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("warmUp: " + warmUp + " (expected: service names, none empty)");
        }
        if (contentType.isBlank()) {
            throw new IllegalArgumentException("contentType: empty (expected: a content type)");
        }
        if (requestTimeout.isNegative() || requestTimeout.isZero()) {
            throw new IllegalArgumentException("requestTimeout: " + requestTimeout + " (expected: > 0)");
        }
        if (retries < 0) {
            throw new IllegalArgumentException("retries: " + retries + " (expected: >= 0)");
        }
    }
}
