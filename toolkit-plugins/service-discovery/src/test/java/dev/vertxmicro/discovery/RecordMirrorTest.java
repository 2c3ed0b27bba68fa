package dev.vertxmicro.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.EndpointInfo;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.servicediscovery.Record;
import io.vertx.servicediscovery.ServiceDiscovery;
import io.vertx.servicediscovery.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records of our services in vertx-service-discovery, as a plain Vert.x application sees them. */
class RecordMirrorTest {
    private static final Duration TTL = Duration.ofMinutes(10);

    private final Vertx vertx = Vertx.vertx();
    private final ManualTimers timers = Timers.manual();
    private final Registry registry = Registry.inMemory(timers);
    private final ServiceDiscovery discovery = ServiceDiscovery.create(vertx);
    private final RecordMirror mirror = new RecordMirror(registry, discovery, timers);
    private final BlockingQueue<JsonObject> announced = new LinkedBlockingQueue<>();

    @BeforeEach
    void listen() {
        Await.result(vertx.eventBus()
                .<JsonObject>consumer("vertx.discovery.announce", message -> announced.add(message.body()))
                .completion());
    }

    @AfterEach
    void close() {
        Await.result(vertx.close());
    }

    private static ServiceInfo greeter(String... addresses) {
        return new ServiceInfo(
                "greeter",
                "1.0.0",
                Map.of("team", "blue"),
                List.of(new EndpointInfo("Greeter.Hello", Optional.empty(), Optional.empty(), Map.of())),
                List.of(addresses).stream()
                        .map(address -> new Node("greeter-" + address, address, Map.of("protocol", "mucp")))
                        .toList());
    }

    private List<Record> greeters() {
        return Await.result(discovery.getRecords(new JsonObject().put("name", "greeter")));
    }

    private JsonObject announcement() throws InterruptedException {
        JsonObject next = announced.poll(10, TimeUnit.SECONDS);
        assertThat(next).as("announcement").isNotNull();
        return next;
    }

    @Test
    void publishesWhatIsThereAndWhatComes() throws InterruptedException {
        Await.result(registry.register(greeter("10.0.0.1:9001"), TTL));
        Await.result(mirror.start());
        Record record = greeters().get(0);
        assertThat(record.getType()).isEqualTo("http-endpoint");
        assertThat(record.getStatus()).isEqualTo(Status.UP);
        assertThat(record.getLocation())
                .isEqualTo(new JsonObject("{\"host\":\"10.0.0.1\",\"port\":9001,\"root\":\"/\",\"ssl\":false,"
                        + "\"endpoint\":\"http://10.0.0.1:9001/\"}"));
        assertThat(record.getMetadata())
                .isEqualTo(new JsonObject()
                        .put("team", "blue")
                        .put("protocol", "mucp")
                        .put("version", "1.0.0")
                        .put("node", "greeter-10.0.0.1:9001")
                        .put("endpoints", new JsonArray().add("Greeter.Hello"))
                        .put("micro-origin", "memory"));
        announcement();
        Await.result(registry.register(greeter("[fe80::1]:9002"), TTL));
        assertThat(announcement().getJsonObject("location").getString("host")).isEqualTo("fe80::1");
        assertThat(greeters()).hasSize(2);
    }

    @Test
    void followsUpdatesAndRemovals() throws InterruptedException {
        Await.result(mirror.start());
        ServiceInfo before = greeter("10.0.0.1:9001");
        Await.result(registry.register(before, TTL));
        announcement();
        String registration = greeters().get(0).getRegistration();
        Node moved = new Node("greeter-10.0.0.1:9001", "10.0.0.1:9999", Map.of());
        Await.result(registry.register(before.withNodes(List.of(moved)), TTL));
        assertThat(announcement().getJsonObject("location").getInteger("port")).isEqualTo(9999);
        assertThat(greeters()).singleElement().satisfies(record -> assertThat(record.getRegistration())
                .isEqualTo(registration));
        Await.result(registry.deregister(before));
        assertThat(announcement().getString("status")).isEqualTo("DOWN");
        assertThat(greeters()).isEmpty();
    }

    @Test
    void takesItsRecordsBackWhenItStops() {
        Await.result(registry.register(greeter("10.0.0.1:9001", "10.0.0.1:9002"), TTL));
        Await.result(mirror.start());
        assertThat(greeters()).hasSize(2);
        Await.result(mirror.stop());
        assertThat(greeters()).isEmpty();
        Await.result(registry.register(greeter("10.0.0.1:9003"), TTL));
        assertThat(greeters()).isEmpty();
    }

    @Test
    void takesOverTheRecordsOfAMirrorThatDied() throws InterruptedException {
        Await.result(registry.register(greeter("10.0.0.1:9001"), TTL));
        Await.result(
                discovery.publish(Records.of(greeter("10.0.0.1:9001"), "memory").orElseThrow()));
        Await.result(
                discovery.publish(Records.of(greeter("10.0.0.1:9002"), "memory").orElseThrow()));
        Await.result(
                discovery.publish(Records.of(greeter("10.0.0.1:9003"), "mdns").orElseThrow()));
        Await.result(mirror.start());
        assertThat(greeters()).hasSize(3);
        announced.clear();
        timers.advance(RecordMirror.STALE);
        assertThat(announcement().getString("status")).isEqualTo("DOWN");
        assertThat(greeters())
                .extracting(record -> record.getLocation().getInteger("port"))
                .containsExactlyInAnyOrder(9001, 9003);
    }

    @Test
    void leavesOutANodeWithoutAUsableAddress() {
        Await.result(registry.register(greeter("nowhere"), TTL));
        Await.result(mirror.start());
        assertThat(greeters()).isEmpty();
    }

    @Test
    void startsWithoutItsRegistryAndCatchesUp() throws InterruptedException {
        Await.result(registry.register(greeter("10.0.0.1:9001"), TTL));
        AwayRegistry away = new AwayRegistry(registry);
        RecordMirror patient = new RecordMirror(away, discovery, timers);
        Await.result(patient.start());
        assertThat(greeters()).isEmpty();
        away.back = true;
        timers.advance(RecordMirror.RETRY);
        announcement();
        assertThat(greeters()).hasSize(1);
    }

    /** Cannot be reached until it is back. */
    private static final class AwayRegistry implements Registry {
        private final Registry inner;
        private boolean back;

        AwayRegistry(Registry inner) {
            this.inner = inner;
        }

        private <T> Future<T> reached(Future<T> answer) {
            return back ? answer : Future.failedFuture("away");
        }

        @Override
        public String type() {
            return "away";
        }

        @Override
        public Future<Void> register(ServiceInfo service, Duration ttl) {
            return reached(inner.register(service, ttl));
        }

        @Override
        public Future<Void> deregister(ServiceInfo service) {
            return reached(inner.deregister(service));
        }

        @Override
        public Future<List<ServiceInfo>> get(String name) {
            return reached(inner.get(name));
        }

        @Override
        public Future<List<String>> list() {
            return reached(inner.list());
        }

        @Override
        public Future<Watch> watch(Handler<RegistryChange> handler) {
            return inner.watch(handler);
        }

        @Override
        public Future<Void> close() {
            return inner.close();
        }
    }
}
