package dev.vertxmicro.wrapper.resilience;

import dev.vertxmicro.client.ClientInterceptor;
import dev.vertxmicro.server.ServerInterceptor;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.wrapper.Wrapper;
import dev.vertxmicro.wrapper.resilience.time.TimeLimits;
import dev.vertxmicro.wrapper.resilience.time.TimedClient;
import dev.vertxmicro.wrapper.resilience.time.TimedServer;
import java.util.Optional;

/**
 * Ends what takes too long with code 408, whatever its caller says of time: go-plugins' {@code wrapper/service} has no such thing,
 * hystrix has. A handler is told by the cancellation of its context. Used concurrently.
 */
public final class TimeoutWrapper implements Wrapper {
    /** What descriptors call it. */
    public static final String TYPE = "timeout";

    private final Optional<ClientInterceptor> client;
    private final Optional<ServerInterceptor> server;

    private TimeoutWrapper(ClientInterceptor client, ServerInterceptor server) {
        this.client = Optional.of(client);
        this.server = Optional.of(server);
    }

    /**
     * Makes one.
     *
     * @param options how long what may take
     * @param service id of errors that are told to callers of its handlers
     * @param timers  the clock
     * @return the wrapper
     */
    public static TimeoutWrapper create(TimeoutOptions options, String service, Timers timers) {
        TimeLimits limits = TimeLimits.of(options.call(), options.message(), options.idle());
        return new TimeoutWrapper(new TimedClient(limits, timers), new TimedServer(limits, service, timers));
    }

    @Override
    public Optional<ClientInterceptor> client() {
        return client;
    }

    @Override
    public Optional<ServerInterceptor> server() {
        return server;
    }
}
