package dev.vertxmicro.wrapper.resilience;

import dev.vertxmicro.client.ClientInterceptor;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.wrapper.Wrapper;
import dev.vertxmicro.wrapper.resilience.call.ErrorCodes;
import dev.vertxmicro.wrapper.resilience.time.RepeatingClient;
import dev.vertxmicro.wrapper.resilience.time.Repetition;
import java.util.Optional;

/**
 * Makes calls of a client again that failed, where that is safe: go-micro's {@code client.Retry}, by codes. Each is a call of its own
 * to what stands inside, a breaker or a limit too, and to the selector. About calls only. Used concurrently.
 */
public final class RetryWrapper implements Wrapper {
    /** What descriptors call it. */
    public static final String TYPE = "retry";

    private final Optional<ClientInterceptor> client;

    private RetryWrapper(ClientInterceptor client) {
        this.client = Optional.of(client);
    }

    /**
     * Makes one.
     *
     * @param options what is made again, and when
     * @param timers  the clock
     * @return the wrapper
     */
    public static RetryWrapper create(RetryOptions options, Timers timers) {
        Repetition repetition = new Repetition(
                options.attempts(),
                options.idempotent(),
                options.backoff(),
                options.maxBackoff(),
                options.within().toNanos());
        return new RetryWrapper(
                new RepeatingClient(repetition, ErrorCodes.of(options.codes()), options.budget(), timers));
    }

    @Override
    public Optional<ClientInterceptor> client() {
        return client;
    }
}
