package dev.vertxmicro.registry.consul;

import dev.vertxmicro.registry.local.ServiceTable;
import io.vertx.core.Future;
import java.time.Duration;

/** Follows one service by a blocking query of its own. */
final class ServiceWatch implements Followed {
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final Scope scope;
    private final String name;
    private final Watchers watchers = new Watchers();
    private final ServiceTable table;
    private final LongPoll poll;
    private final Future<Void> ready;

    /**
     * Begins.
     *
     * @param scope of the registry
     * @param name  of the service
     */
    ServiceWatch(Scope scope, String name) {
        this.scope = scope;
        this.name = name;
        table = new ServiceTable(scope.options().grace(), scope.timers(), watchers::tell);
        poll = new LongPoll(scope, Question.service(name), PAUSE, this::take);
        ready = poll.start();
    }

    private Future<Void> take(Answer answer, boolean interrupted) {
        return scope.read(answer.body(), () -> HealthAnswer.read(name, answer.body()))
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
