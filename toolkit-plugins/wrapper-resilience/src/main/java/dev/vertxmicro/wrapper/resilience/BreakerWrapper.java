package dev.vertxmicro.wrapper.resilience;

import dev.vertxmicro.client.AttemptInterceptor;
import dev.vertxmicro.client.ClientInterceptor;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.server.ServerInterceptor;
import dev.vertxmicro.time.RareWarnings;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.wrapper.Reading;
import dev.vertxmicro.wrapper.Wrapper;
import dev.vertxmicro.wrapper.resilience.BreakerOptions.Per;
import dev.vertxmicro.wrapper.resilience.breaker.Circuit;
import dev.vertxmicro.wrapper.resilience.breaker.GuardedAttempts;
import dev.vertxmicro.wrapper.resilience.breaker.GuardedClient;
import dev.vertxmicro.wrapper.resilience.breaker.GuardedServer;
import dev.vertxmicro.wrapper.resilience.breaker.TimersClock;
import dev.vertxmicro.wrapper.resilience.call.BoundedKeys;
import dev.vertxmicro.wrapper.resilience.call.ErrorCodes;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Circuit breakers: go-plugins' wrappers {@code breaker/gobreaker} and {@code breaker/hystrix}. Whatever fails too often is refused
 * for a while, with code 503 and the name of the service for id.
 *
 * <p>Per service or endpoint, a circuit is around a whole call of a client, with all its attempts, and around handlers; what it
 * refuses is not tried again by the client itself. Per node it is around each attempt, and other nodes are tried. A stream counts as
 * one call, until its end. Used concurrently.
 *
 * <pre>{@code
 * BreakerWrapper breaker = BreakerWrapper.create(BreakerOptions.DEFAULTS, "greeter", timers)
 *         .withFallback((request, failure) -> Future.failedFuture(failure));
 * }</pre>
 */
public final class BreakerWrapper implements Wrapper {
    /** What descriptors call it. */
    public static final String TYPE = "breaker";

    private static final System.Logger LOG = System.getLogger(BreakerWrapper.class.getName());
    private static final int MOST_READ = 200;

    private final BreakerOptions options;
    private final String service;
    private final BoundedKeys<Circuit> circuits;
    private final Optional<ClientInterceptor> client;
    private final Optional<AttemptInterceptor> attempt;
    private final Optional<ServerInterceptor> server;

    private BreakerWrapper(
            BreakerOptions options,
            String service,
            BoundedKeys<Circuit> circuits,
            Optional<BiFunction<Request<?, ?>, MicroException, Future<?>>> fallback) {
        this.options = options;
        this.service = service;
        this.circuits = circuits;
        boolean byNode = options.per() == Per.NODE;
        boolean byEndpoint = options.per() == Per.ENDPOINT;
        this.client = byNode ? Optional.empty() : Optional.of(new GuardedClient(circuits, byEndpoint, fallback));
        this.attempt = byNode ? Optional.of(new GuardedAttempts(circuits)) : Optional.empty();
        this.server = byNode ? Optional.empty() : Optional.of(new GuardedServer(circuits, byEndpoint, service));
    }

    /**
     * Makes one whose circuits are all closed.
     *
     * @param options when they open and close
     * @param service id of errors that are told to callers of its handlers
     * @param timers  the clock
     * @return the wrapper
     */
    public static BreakerWrapper create(BreakerOptions options, String service, Timers timers) {
        TimersClock clock = new TimersClock(timers);
        boolean counted = options.windowTime().isZero();
        CircuitBreakerConfig config = CircuitBreakerConfig.custom()
                .slidingWindow(
                        counted
                                ? options.windowCalls()
                                : (int) options.windowTime().toSeconds(),
                        options.minCalls(),
                        counted ? SlidingWindowType.COUNT_BASED : SlidingWindowType.TIME_BASED)
                .failureRateThreshold(options.failureRate())
                .slowCallRateThreshold(options.slowCallRate())
                .slowCallDurationThreshold(options.slowCall())
                .waitDurationInOpenState(options.openTime())
                .permittedNumberOfCallsInHalfOpenState(options.trialCalls())
                .automaticTransitionFromOpenToHalfOpenEnabled(false)
                .clock(clock)
                .build();
        ErrorCodes codes = ErrorCodes.of(options.codes());
        RareWarnings lines = new RareWarnings(LOG, timers);
        BoundedKeys<Circuit> circuits = new BoundedKeys<>(
                options.maxCircuits(),
                timers,
                Circuit::rests,
                name -> new Circuit(CircuitBreaker.of(name, config), options.openTime(), codes, timers, lines));
        return new BreakerWrapper(options, service, circuits, Optional.empty());
    }

    /**
     * Returns a copy, with the same circuits, that answers calls of clients in place of what is refused, or has failed with a code that
     * counts. Not per node.
     *
     * @param answer gives the response, of the type that the request says; fails with its second argument, or another error, where it
     *     has none
     * @return the copy
     */
    public BreakerWrapper withFallback(BiFunction<Request<?, ?>, MicroException, Future<?>> answer) {
        return new BreakerWrapper(options, service, circuits, Optional.of(answer));
    }

    @Override
    public Optional<ClientInterceptor> client() {
        return client;
    }

    @Override
    public Optional<AttemptInterceptor> attempt() {
        return attempt;
    }

    @Override
    public Optional<ServerInterceptor> server() {
        return server;
    }

    /** Tells of each circuit whether it is open (1, half open 0.5), the rates where they are known, and how much it refused. */
    @Override
    public List<Reading> readings() {
        return circuits.all().stream()
                .limit(MOST_READ)
                .flatMap(circuit -> readings(circuit, Map.of("name", circuit.name())))
                .toList();
    }

    private static Stream<Reading> readings(Circuit circuit, Map<String, String> name) {
        Stream<Reading> always = Stream.of(
                new Reading("breaker.open", name, circuit.openness()),
                new Reading("breaker.refused", name, circuit.refused()));
        return circuit.failureRate() < 0
                ? always
                : Stream.concat(
                        always,
                        Stream.of(
                                new Reading("breaker.failure_percent", name, circuit.failureRate()),
                                new Reading("breaker.slow_percent", name, circuit.slowCallRate())));
    }

    /**
     * Lists the circuits.
     *
     * @return those there are now, the shared one last
     */
    public List<BreakerStatus> breakers() {
        return circuits.all().stream()
                .map(circuit -> new BreakerStatus(
                        circuit.name(),
                        circuit.state(),
                        circuit.failureRate(),
                        circuit.slowCallRate(),
                        circuit.calls(),
                        circuit.refused()))
                .toList();
    }
}
