package dev.vertxmicro.registry;

import dev.vertxmicro.error.Catching;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.time.Outage;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one registration alive: registers, renews within each interval, deregisters. Runs on the context that started it.
 *
 * <p>A registry that cannot be reached is a warning, and tried again at the next renewal; one that refuses the service
 * (code 400) fails the start. When it is back, that is told once. Renewals are 80 to 100 % of the interval apart, by chance, so that the nodes of a large system do not
 * all ask at once when their registry comes back.
 */
public final class Heartbeat {
    private static final System.Logger LOG = System.getLogger(Heartbeat.class.getName());

    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(30);

    /** By which part of the interval a renewal may come early. */
    private static final double JITTER = 0.2;

    private final Registrar registrar;
    private final ServiceInfo service;
    private final Duration ttl;
    private final Duration interval;
    private final Timers timers;
    private final SplittableRandom random;
    private final Outage outage;
    private Timer next = () -> {};
    private Future<Void> running = Future.succeededFuture();
    private boolean stopped;
    private boolean known;

    /**
     * Makes a heartbeat that has not begun.
     *
     * @param registrar where to register
     * @param service   what to register
     * @param ttl       how long one registration holds
     * @param interval  how often it is renewed
     * @param timers    the clock
     */
    public Heartbeat(Registrar registrar, ServiceInfo service, Duration ttl, Duration interval, Timers timers) {
        this.registrar = registrar;
        this.service = service;
        this.ttl = ttl;
        this.interval = interval;
        this.timers = timers;
        this.random = new SplittableRandom(service.nodes().hashCode());
        this.outage = Outage.of(timers);
    }

    /**
     * Tells how often a registration is renewed of which nobody says how often.
     *
     * @param ttl how long it holds; zero for ever
     * @return half of that; 30 s, go-micro's default, if it holds for ever
     */
    public static Duration interval(Duration ttl) {
        return ttl.isZero() ? DEFAULT_INTERVAL : ttl.dividedBy(2);
    }

    /**
     * Checks the terms of a registration, for the options that have them.
     *
     * @param ttlName      name of the component with how long it holds
     * @param ttl          &gt;= 0; zero for ever
     * @param intervalName name of the component with how often it is renewed
     * @param interval     &gt; 0, and less than that
     * @throws IllegalArgumentException if a service that is well would be gone at times; names both values
     */
    public static void check(String ttlName, Duration ttl, String intervalName, Duration interval) {
        if (ttl.isNegative()) {
            throw new IllegalArgumentException(ttlName + ": " + ttl + " (expected: >= 0)");
        }
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException(intervalName + ": " + interval + " (expected: > 0)");
        }
        if (!ttl.isZero() && interval.compareTo(ttl) >= 0) {
            throw new IllegalArgumentException(
                    intervalName + ": " + interval + " (expected: < " + ttl + ", how long a registration holds)");
        }
    }

    /**
     * Registers, and goes on.
     *
     * @return completes after the first attempt; fails with code 400 if the registry refuses the service, with code 500 if it was
     *     stopped meanwhile or before
     */
    public Future<Void> start() {
        return start(false);
    }

    /**
     * Registers, and goes on if that succeeds.
     *
     * @return completes when the service is registered; fails if it cannot be
     */
    public Future<Void> startRequired() {
        return start(true);
    }

    private Future<Void> start(boolean required) {
        if (stopped) {
            return Future.failedFuture(overtaken());
        }
        long begin = timers.nanoTime();
        return register().transform(result -> {
            if (result.failed() && (required || refused(result.cause()))) {
                return Future.failedFuture(result.cause());
            }
            if (stopped) {
                return Future.failedFuture(overtaken());
            }
            registered(result.cause(), begin);
            return Future.succeededFuture();
        });
    }

    private MicroException overtaken() {
        return MicroException.internal(service.name(), "stopped while starting").withoutStackTrace();
    }

    private boolean refused(Throwable failure) {
        return MicroException.from(service.name(), failure).code() == 400;
    }

    private void beat() {
        long begin = timers.nanoTime();
        register().onComplete(result -> registered(result.cause(), begin));
    }

    private Future<Void> register() {
        running = Catching.future("registry", () -> registrar.register(service, ttl));
        return running;
    }

    /** Plans the next renewal, counted from the beginning of this one: a registry that is slow to fail does not delay it. */
    private void registered(@Nullable Throwable failure, long begin) {
        if (stopped) {
            return;
        }
        long due = (long) (interval.toNanos() * (1 - JITTER * random.nextDouble()));
        Duration delay = Duration.ofNanos(Math.max(0, due - (timers.nanoTime() - begin)));
        if (failure != null) {
            outage.failed(begin);
            warn(failure, delay);
        } else {
            outage.over().ifPresent(this::back);
            known = true;
        }
        next = timers.schedule(delay, this::beat);
    }

    private void warn(Throwable cause, Duration delay) {
        LOG.log(
                System.Logger.Level.WARNING,
                "registry: {0} not registered, tried again in {1} s: {2}",
                service.name(),
                delay.toMillis() / 1000.0,
                cause.getMessage());
    }

    private void back(String after) {
        LOG.log(System.Logger.Level.INFO, "registry: {0} registered, back {1}", service.name(), after);
    }

    /**
     * Tells whether others may know of the service.
     *
     * @return true once it was registered
     */
    public boolean hasRegistered() {
        return known;
    }

    /** Ends the renewing; the registration runs out by itself. */
    public void cancel() {
        stopped = true;
        next.cancel();
    }

    /**
     * Ends the renewing and deregisters, after a renewal that is under way, so that it does not come back.
     *
     * @return completes when that is done; a failure is only logged
     */
    public Future<Void> stop() {
        cancel();
        return running.transform(renewed -> Catching.future("registry", () -> registrar.deregister(service)))
                .otherwise(failure -> {
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "registry: {0} not deregistered: {1}",
                            service.name(),
                            failure);
                    return null;
                });
    }
}
