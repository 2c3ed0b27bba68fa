package dev.vertxmicro.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.spi.DiscoveryOptions;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Vertx;
import io.vertx.servicediscovery.Record;
import io.vertx.servicediscovery.ServiceDiscovery;
import io.vertx.servicediscovery.types.HttpEndpoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DiscoveryBridgeTest {
    private static final Duration TTL = Duration.ofSeconds(60);

    private final Vertx vertx = Vertx.vertx();
    private final Registry registry = Registry.inMemory(Timers.manual());
    private final ServiceDiscovery discovery = ServiceDiscovery.create(vertx);

    @BeforeEach
    void fill() {
        Node node = new Node("ours-1", "10.0.0.1:9001", Map.of());
        Await.result(registry.register(
                new ServiceInfo("ours", "1", Map.of(), List.of(), List.of(node)), Duration.ofHours(1)));
        Await.result(discovery.publish(HttpEndpoint.createRecord("theirs", "10.0.0.2", 9002, "/")));
    }

    @AfterEach
    void close() {
        Await.result(vertx.close());
    }

    private DiscoveryBridge start(boolean mirror, boolean imports) {
        DiscoveryBridge bridge = DiscoveryBridge.create(
                vertx, registry, new DiscoveryOptions(mirror, imports), TTL, Duration.ofSeconds(30));
        Await.result(bridge.start());
        return bridge;
    }

    private void records(String... names) {
        assertThat(Await.result(discovery.getRecords(record -> true)))
                .extracting(Record::getName)
                .containsExactlyInAnyOrder(names);
    }

    private void services(String... names) {
        assertThat(Await.result(registry.list())).containsExactly(names);
    }

    @Test
    void showsEachSideWhatItWasAskedTo() {
        DiscoveryBridge neither = start(false, false);
        records("theirs");
        services("ours");
        Await.result(neither.stop());
        DiscoveryBridge mirror = start(true, false);
        records("ours", "theirs");
        services("ours");
        Await.result(mirror.stop());
        DiscoveryBridge imports = start(false, true);
        records("theirs");
        services("ours", "theirs");
        Await.result(imports.stop());
        records("theirs");
        services("ours");
    }

    @Test
    void bothWaysShowNothingTwice() {
        DiscoveryBridge both = start(true, true);
        records("ours", "theirs");
        services("ours", "theirs");
        Await.result(both.stop());
        records("theirs");
        services("ours");
    }
}
