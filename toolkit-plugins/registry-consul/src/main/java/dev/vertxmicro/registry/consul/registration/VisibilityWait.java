package dev.vertxmicro.registry.consul.registration;

import dev.vertxmicro.registry.consul.agent.ConsulContext;
import dev.vertxmicro.registry.consul.agent.ConsulQuery;
import dev.vertxmicro.registry.consul.wire.HealthAnswer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;

/**
 * Waits until look-ups tell what an agent was just told: it tells the servers of Consul in the background. Gives up after 1 s,
 * for instance while there is no leader, as the agent goes on trying by itself. Confined to one context.
 */
final class VisibilityWait {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final long FIRST_MILLIS = 2;
    private static final long LONGEST_MILLIS = 100;

    private final ConsulContext consul;
    private final String name;
    private final String id;
    private final boolean there;
    private final Promise<Void> done = Promise.promise();
    private final long start = System.nanoTime();
    private long pause = FIRST_MILLIS;

    /**
     * Begins to look.
     *
     * @param consul of the registry
     * @param name   of the service
     * @param id     of the node
     * @param there  whether it is to be there or gone
     */
    VisibilityWait(ConsulContext consul, String name, String id, boolean there) {
        this.consul = consul;
        this.name = name;
        this.id = id;
        this.there = there;
        look();
    }

    /**
     * Tells when it is so.
     *
     * @return completes always
     */
    Future<Void> done() {
        return done.future();
    }

    private void look() {
        consul.agents()
                .current()
                .ask(ConsulQuery.node(name, id))
                .compose(answer -> consul.read(answer.body(), () -> HealthAnswer.read(name, answer.body())))
                .map(versions -> versions.stream()
                        .flatMap(version -> version.nodes().stream())
                        .anyMatch(node -> node.id().equals(id)))
                .onComplete(found -> {
                    boolean settled = found.failed() || found.result() == there;
                    if (settled || System.nanoTime() - start > PATIENCE.toNanos()) {
                        done.tryComplete();
                    } else {
                        consul.vertx().setTimer(pause, again -> look());
                        pause = Math.min(LONGEST_MILLIS, pause * 2);
                    }
                });
    }
}
