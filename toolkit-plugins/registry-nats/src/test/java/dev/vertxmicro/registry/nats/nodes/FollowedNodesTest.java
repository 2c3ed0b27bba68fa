package dev.vertxmicro.registry.nats.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.local.Watcher;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FollowedNodesTest {
    private static final Duration GRACE = Duration.ofSeconds(60);
    private static final ServiceInfo A =
            new ServiceInfo("a", "1", Map.of(), List.of(), List.of(new Node("a-1", "h:1", Map.of())));

    private final Vertx vertx = Vertx.vertx();
    private final ManualTimers time = Timers.manual();
    private final List<RegistryChange> told = new ArrayList<>();

    /** Knows nothing. */
    private static final class EmptyBackend implements NatsBackend {
        @Override
        public Future<Void> ask(Optional<String> name, Consumer<ToldNode> each) {
            return Future.succeededFuture();
        }

        @Override
        public Future<Runnable> follow(Optional<String> name, Feed feed) {
            return Future.succeededFuture(() -> {});
        }

        @Override
        public Future<Void> announce(ToldNode node) {
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> withdraw(ServiceInfo single) {
            return Future.succeededFuture();
        }

        @Override
        public void again() {}

        @Override
        public void stop() {}
    }

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    /** What was kept for a grace is let go when that is over, which may be after the end. */
    @Test
    void tellsNobodyAnythingOnceItHasEnded() {
        FollowedNodes nodes = new FollowedNodes(
                new NodeFollowSettings(vertx, time, GRACE, Duration.ofSeconds(60)),
                new EmptyBackend(),
                Optional.of("a"));
        nodes.table().seen("a", List.of(A));
        nodes.watchers().add(new Watcher(told::add, Runnable::run));
        nodes.table().interrupted();
        nodes.table().seen("a", List.of());
        nodes.stop();
        time.advance(GRACE.plusSeconds(1));
        assertThat(nodes.table().names()).isEmpty();
        assertThat(told).isEmpty();
    }
}
