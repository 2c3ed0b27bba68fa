package dev.vertxmicro.registry;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;

/**
 * Keeps one registration alive: registers, renews at the interval, deregisters. Runs on the context that started it.
 *
 * <p>A registry that cannot be reached is a warning, and tried again at the next interval; one that refuses the service
 * (code 400) fails the start.
 */
public final class Heartbeat {
    private static final System.Logger LOG = System.getLogger(Heartbeat.class.getName());

    private final Registrar registrar;
    private final ServiceInfo service;
    private final Duration ttl;
    private final Duration interval;
    private final Timers timers;
    private Timer next = () -> {};
    private boolean stopped;

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
    }

    /**
     * Registers, and goes on.
     *
     * @return completes after the first attempt; fails with code 400 if the registry refuses the service
     */
    public Future<Void> start() {
        return registrar.register(service, ttl).transform(result -> {
            if (result.failed()
                    && MicroException.from(service.name(), result.cause()).code() == 400) {
                return Future.failedFuture(result.cause());
            }
            if (result.failed()) {
                warn(result.cause());
            }
            schedule();
            return Future.succeededFuture();
        });
    }

    private void schedule() {
        if (!stopped) {
            next = timers.schedule(interval, this::beat);
        }
    }

    private void beat() {
        registrar.register(service, ttl).onComplete(result -> {
            if (result.failed()) {
                warn(result.cause());
            }
            schedule();
        });
    }

    private void warn(Throwable cause) {
        LOG.log(
                System.Logger.Level.WARNING,
                "registry: {0} not registered, tried again in {1} s: {2}",
                service.name(),
                interval.toSeconds(),
                cause.getMessage());
    }

    /** Ends the renewing; the registration runs out by itself. */
    public void cancel() {
        stopped = true;
        next.cancel();
    }

    /**
     * Ends the renewing and deregisters.
     *
     * @return completes when that is done; a failure is only logged
     */
    public Future<Void> stop() {
        cancel();
        return registrar.deregister(service).otherwise(failure -> {
            LOG.log(System.Logger.Level.WARNING, "registry: {0} not deregistered: {1}", service.name(), failure);
            return null;
        });
    }
}
