package dev.vertxmicro.registry.consul.watch;

import dev.vertxmicro.registry.consul.agent.ConsulAnswer;
import dev.vertxmicro.registry.consul.agent.ConsulContext;
import dev.vertxmicro.registry.consul.agent.ConsulQuery;
import dev.vertxmicro.registry.consul.wire.HealthAnswer;
import dev.vertxmicro.registry.local.ServiceTable;
import io.vertx.core.Future;
import java.time.Duration;

/** Follows one service by a blocking query of its own. */
final class ServiceWatch implements SharedWatch {
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final ConsulContext consul;
    private final String name;
    private final Watchers watchers = new Watchers();
    private final ServiceTable table;
    private final LongPoll poll;
    private final Future<Void> ready;

    /**
     * Begins.
     *
     * @param consul   of the registry
     * @param settings how
     * @param name     of the service
     */
    ServiceWatch(ConsulContext consul, WatchSettings settings, String name) {
        this.consul = consul;
        this.name = name;
        table = new ServiceTable(settings.grace(), consul.timers(), watchers::tell);
        poll = new LongPoll(consul, ConsulQuery.service(name), settings.longPoll(), PAUSE, this::take);
        ready = poll.start();
    }

    private Future<Void> take(ConsulAnswer answer, boolean interrupted) {
        return consul.read(answer.body(), () -> HealthAnswer.read(name, answer.body()))
                .map(versions -> {
                    if (interrupted) {
                        table.interrupted();
                    }
                    table.seen(name, versions);
                    return null;
                });
    }

    @Override
    public Future<Void> ready() {
        return ready;
    }

    @Override
    public ServiceTable table() {
        return table;
    }

    @Override
    public Watchers watchers() {
        return watchers;
    }

    @Override
    public void stop() {
        poll.stop();
    }
}
