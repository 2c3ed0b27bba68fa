package dev.vertxmicro.registry.consul.watch;

import dev.vertxmicro.registry.consul.agent.ConsulAnswer;
import dev.vertxmicro.registry.consul.agent.ConsulContext;
import dev.vertxmicro.registry.consul.agent.ConsulQuery;
import dev.vertxmicro.registry.consul.wire.HealthAnswer;
import dev.vertxmicro.registry.local.FollowedServices;
import dev.vertxmicro.registry.local.ServiceTable;
import io.vertx.core.Future;
import java.time.Duration;

/** Follows one service by a blocking query of its own. */
public final class ServiceWatch implements FollowedServices.Follower {
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final ConsulContext consul;
    private final ServiceTable table;
    private final String name;
    private final LongPoll poll;
    private final Future<Void> ready;

    /**
     * Begins.
     *
     * @param consul   of the registry
     * @param longPoll how long an agent holds a blocking query back that has nothing to tell
     * @param name     of the service
     * @param table    gets what Consul tells
     */
    public ServiceWatch(ConsulContext consul, Duration longPoll, String name, ServiceTable table) {
        this.consul = consul;
        this.table = table;
        this.name = name;
        poll = new LongPoll(consul, ConsulQuery.service(name), longPoll, PAUSE, this::take);
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
    public void stop() {
        poll.stop();
    }
}
