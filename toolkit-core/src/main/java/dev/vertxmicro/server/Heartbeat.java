package dev.vertxmicro.server;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Registrar;
import dev.vertxmicro.registry.ServiceInfo;
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
final class Heartbeat {
    private static final System.Logger LOG = System.getLogger(Heartbeat.class.getName());

    private final Registrar registrar;
    private final ServiceInfo service;
    private final Duration ttl;
    private final Duration interval;
    private final Timers timers;
    private Timer next = () -> {};
    private boolean stopped;

    Heartbeat(Registrar registrar, ServiceInfo service, ServerOptions options, Timers timers) {
        this.registrar = registrar;
        this.service = service;
        this.ttl = options.registerTtl();
        this.interval = options.registerInterval();
        this.timers = timers;
    }

    Future<Void> start() {
        return registrar.register(service, ttl).transform(result -> {
            if (result.failed() && MicroException.from(service.name(), result.cause()).code() == 400) {
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

    Future<Void> stop() {
        stopped = true;
        next.cancel();
        return registrar.deregister(service).otherwise(failure -> {
            LOG.log(System.Logger.Level.WARNING, "registry: {0} not deregistered: {1}", service.name(), failure);
            return null;
        });
    }
}
