package dev.vertxmicro.client;

import java.time.Duration;
import java.util.List;

/**
 * How a client calls: go-micro's {@code client.Options}.
 *
 * @param name           name of the calling service, sent as {@code Micro-From-Service}; empty sends none
 * @param contentType    content type of requests; default {@code application/protobuf}
 * @param requestTimeout time for all attempts of a call together, unless its context ends sooner; default 5 s
 * @param retries        how many further attempts a call may make; default 1
 * @param retry          which failures are tried again; default only safe ones
 * @param backoff        pause before a further attempt; default 10<sup>n</sup> ms
 * @param warmUp         services that a verticle looks up and connects to before it says that it is ready; default none
 */
public record ClientOptions(
        String name,
        String contentType,
        Duration requestTimeout,
        int retries,
        RetryPolicy retry,
        Backoff backoff,
        List<String> warmUp) {
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

    /**
     * Returns a copy for this calling service.
     *
     * @param caller its name
     * @return the copy
     */
    public ClientOptions withName(String caller) {
        return new ClientOptions(caller, contentType, requestTimeout, retries, retry, backoff, warmUp);
    }

    /**
     * Returns a copy with this content type.
     *
     * @param type the type
     * @return the copy
     */
    public ClientOptions withContentType(String type) {
        return new ClientOptions(name, type, requestTimeout, retries, retry, backoff, warmUp);
    }

    /**
     * Returns a copy with this timeout.
     *
     * @param timeout the time for all attempts
     * @return the copy
     */
    public ClientOptions withRequestTimeout(Duration timeout) {
        return new ClientOptions(name, contentType, timeout, retries, retry, backoff, warmUp);
    }

    /**
     * Returns a copy with this many further attempts.
     *
     * @param count at least 0
     * @return the copy
     */
    public ClientOptions withRetries(int count) {
        return new ClientOptions(name, contentType, requestTimeout, count, retry, backoff, warmUp);
    }

    /**
     * Returns a copy with this policy.
     *
     * @param policy which failures are tried again
     * @return the copy
     */
    public ClientOptions withRetry(RetryPolicy policy) {
        return new ClientOptions(name, contentType, requestTimeout, retries, policy, backoff, warmUp);
    }

    /**
     * Returns a copy with this backoff.
     *
     * @param pause between attempts
     * @return the copy
     */
    public ClientOptions withBackoff(Backoff pause) {
        return new ClientOptions(name, contentType, requestTimeout, retries, retry, pause, warmUp);
    }

    /**
     * Returns a copy that is made ready for these services before it is used.
     *
     * @param services their names
     * @return the copy
     */
    public ClientOptions withWarmUp(List<String> services) {
        return new ClientOptions(name, contentType, requestTimeout, retries, retry, backoff, services);
    }
}
