package dev.vertxmicro.wrapper.resilience;

import dev.vertxmicro.client.ClientInterceptor;
import dev.vertxmicro.config.Durations;
import dev.vertxmicro.server.ServerInterceptor;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.wrapper.Reading;
import dev.vertxmicro.wrapper.Wrapper;
import dev.vertxmicro.wrapper.resilience.limit.LimitedClient;
import dev.vertxmicro.wrapper.resilience.limit.LimitedServer;
import dev.vertxmicro.wrapper.resilience.limit.Limiter;
import dev.vertxmicro.wrapper.resilience.limit.Waits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Limits how often something is called: go-plugins' {@code wrapper/ratelimiter}. What is beyond is refused with code 429 and says when
 * to come again ({@link dev.vertxmicro.error.MicroException#retryAfter}), or waits. Used concurrently.
 */
public final class RateLimitWrapper implements Wrapper {
    /** What descriptors call it. */
    public static final String TYPE = "ratelimit";

    private final Optional<ClientInterceptor> client;
    private final Optional<ServerInterceptor> server;

    private final Map<String, Limiter> limiters;

    private RateLimitWrapper(ClientInterceptor client, ServerInterceptor server, Map<String, Limiter> limiters) {
        this.client = Optional.of(client);
        this.server = Optional.of(server);
        this.limiters = limiters;
    }

    /**
     * Makes one whose buckets are full. Client and server have buckets of their own.
     *
     * @param options how often
     * @param service id of errors that are told to callers of its handlers
     * @param timers  the clock
     * @return the wrapper
     */
    public static RateLimitWrapper create(RateLimitOptions options, String service, Timers timers) {
        Waits waits = Waits.of(options.maxWait(), options.messageWait(), options.perMessage());
        Limiter ofClient = limiter(options, timers);
        Limiter ofServer = limiter(options, timers);
        return new RateLimitWrapper(
                new LimitedClient(ofClient, options.per()::ofClient, waits),
                new LimitedServer(ofServer, options.per()::of, waits, service),
                Map.of("client", ofClient, "server", ofServer));
    }

    private static Limiter limiter(RateLimitOptions options, Timers timers) {
        String detail = "too many calls (limit: " + options.calls() + " in " + Durations.text(options.period()) + ")";
        return new Limiter(
                options.calls(),
                options.period(),
                options.most(),
                options.maxKeys(),
                options.maxWaiting(),
                detail,
                timers);
    }

    @Override
    public Optional<ClientInterceptor> client() {
        return client;
    }

    @Override
    public Optional<ServerInterceptor> server() {
        return server;
    }

    /** Tells of either side how much was refused, and how much waits. */
    @Override
    public List<Reading> readings() {
        return limiters.entrySet().stream()
                .flatMap(side -> Stream.of(
                        new Reading(
                                "ratelimit.refused",
                                Map.of("side", side.getKey()),
                                side.getValue().refused()),
                        new Reading(
                                "ratelimit.waiting",
                                Map.of("side", side.getKey()),
                                side.getValue().waiting())))
                .toList();
    }
}
