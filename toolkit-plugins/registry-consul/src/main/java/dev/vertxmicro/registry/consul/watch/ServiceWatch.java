package dev.vertxmicro.registry.consul.watch;

import dev.vertxmicro.registry.consul.agent.ConsulAnswer;
import dev.vertxmicro.registry.consul.agent.ConsulContext;
import dev.vertxmicro.registry.consul.agent.ConsulQuery;
import dev.vertxmicro.registry.consul.wire.HealthAnswer;
import io.vertx.core.Future;
import java.time.Duration;

/** Follows one service by a blocking query of its own. */
final class ServiceWatch extends SharedWatch {
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final String name;
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
        super(consul, settings);
        this.name = name;
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
    Future<Void> ready() {
        return ready;
    }

    @Override
    void stop() {
        poll.stop();
    }
}
