package dev.vertxmicro.verticle.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.eventbus.registry.EventBusRegistry;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.verticle.Cluster;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** In a cluster it takes its time to find out who listens, and a server that leaves counts on being heard of. */
class ClusterNoticeTest {
    private static final ServiceInfo LEAVING = Bus.service("greeter", "g1");

    private final SlowLookups lookups = new SlowLookups();
    private Vertx vertx = Vertx.vertx();

    @AfterEach
    void leave() {
        lookups.let();
        Await.result(vertx.close());
    }

    @Test
    void answersADeregistrationWhenThoseWhoWatchAreBeingTold() throws Exception {
        Await.result(vertx.close());
        int port = Cluster.freePorts(1).get(0);
        vertx = Cluster.join(port, List.of(port), lookups::slowing).await(30, TimeUnit.SECONDS);
        Registry backend = Registry.inMemory(VertxTimers.of(vertx));
        Await.result(backend.register(LEAVING, Duration.ZERO));
        Await.result(ClusterNode.host(vertx, new OutageRegistry(backend, node -> {})));
        EventBusRegistry registry = EventBusRegistry.create(vertx, ClusterNode.CLIENT);
        Recording<RegistryChange> changes = new Recording<>();
        Await.result(registry.watch(changes));
        Future<Void> left = registry.deregister(LEAVING);
        Await.result(lookups.asked().future());
        for (int i = 0; i < 20; i++) {
            Await.result(registry.list());
        }
        assertThat(left.isComplete()).isFalse();
        lookups.let();
        assertThat(changes.next()).isEqualTo(new RegistryChange(Action.DELETE, LEAVING));
        Await.result(left);
    }
}
