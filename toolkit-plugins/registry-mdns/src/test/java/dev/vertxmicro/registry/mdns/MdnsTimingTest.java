package dev.vertxmicro.registry.mdns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.EndpointInfo;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Value;
import dev.vertxmicro.testkit.recording.RecordingWatcher;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two registries of one host, over loopback. */
class MdnsTimingTest {
    private static final int RUNS = 9;
    private static final int SERVICES = 200;

    private final Vertx vertx = Vertx.vertx();
    private final MdnsOptions options = PrivateGroup.options();
    private final MdnsRegistry server = MdnsRegistry.create(vertx, options);
    private final MdnsRegistry client = MdnsRegistry.create(vertx, options);

    @AfterEach
    void close() throws Exception {
        await(server.close());
        await(client.close());
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static ServiceInfo service(String name, List<EndpointInfo> endpoints) {
        Node node = new Node(name + "-1", "127.0.0.1:9001", Map.of("protocol", "mucp"));
        return new ServiceInfo(name, "1", Map.of(), endpoints, List.of(node));
    }

    private static Duration median(List<Long> nanos) {
        List<Long> sorted = new ArrayList<>(nanos);
        Collections.sort(sorted);
        return Duration.ofNanos(sorted.get(sorted.size() / 2));
    }

    @Test
    void tellsWatchersFast() throws Exception {
        RecordingWatcher changes = RecordingWatcher.of("");
        await(client.watch(changes));
        List<Long> created = new ArrayList<>();
        List<Long> deleted = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            ServiceInfo service = service("fast" + i, List.of());
            long start = System.nanoTime();
            await(server.register(service, Duration.ofSeconds(60)));
            assertThat(changes.next().action()).isEqualTo(Action.CREATE);
            created.add(System.nanoTime() - start);
            start = System.nanoTime();
            await(server.deregister(service));
            assertThat(changes.next().action()).isEqualTo(Action.DELETE);
            deleted.add(System.nanoTime() - start);
        }
        assertThat(median(created)).as("register to event").isLessThan(Duration.ofMillis(300));
        assertThat(median(deleted)).as("deregister to event").isLessThan(Duration.ofMillis(100));
        System.getLogger(getClass().getName())
                .log(System.Logger.Level.INFO, "median create {0}, delete {1}", median(created), median(deleted));
    }

    @Test
    void listsAndFindsTwoHundredServices() throws Exception {
        RecordingWatcher early = RecordingWatcher.of("bulk");
        await(client.watch(early));
        Set<String> names = new HashSet<>();
        for (int i = 0; i < SERVICES; i++) {
            names.add("bulk" + i);
            await(server.register(service("bulk" + i, List.of()), Duration.ofSeconds(60)));
            assertThat(early.next()).isEqualTo(new RegistryChange(Action.CREATE, service("bulk" + i, List.of())));
        }
        MdnsRegistry late = MdnsRegistry.create(vertx, options);
        long start = System.nanoTime();
        assertThat(await(late.list())).containsExactlyElementsOf(new TreeSet<>(names));
        List<Future<List<ServiceInfo>>> found = names.stream().map(late::get).toList();
        await(Future.all(found));
        assertThat(found).allSatisfy(services -> assertThat(services.result()).hasSize(1));
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("two look-ups of 100 ms, twice that while answers come in")
                .isLessThan(Duration.ofSeconds(1));
        RecordingWatcher changes = RecordingWatcher.of("bulk");
        await(late.watch(changes));
        await(server.close());
        Set<String> deleted = new HashSet<>();
        for (int i = 0; i < SERVICES; i++) {
            deleted.add(changes.next().service().name());
        }
        assertThat(deleted).isEqualTo(names);
        assertThat(await(late.list())).isEmpty();
        await(late.close());
    }

    @Test
    void carriesAHundredEndpointsOverTheWire() throws Exception {
        List<EndpointInfo> endpoints =
                IntStream.range(0, 100).mapToObj(MdnsTimingTest::endpoint).toList();
        ServiceInfo large = service("large", endpoints);
        await(server.register(large, Duration.ofSeconds(60)));
        assertThat(await(client.get("large"))).containsExactly(large);
        MdnsRegistry late = MdnsRegistry.create(vertx, options);
        assertThat(await(late.get("large"))).containsExactly(large);
        await(late.close());
    }

    private static EndpointInfo endpoint(int i) {
        List<Value> fields = IntStream.range(0, 8)
                .mapToObj(j -> new Value("field" + i * 7919 + j, "string", List.of()))
                .toList();
        Value request = new Value("Request" + i, "Request" + i, fields);
        Value response = new Value("Response" + i, "Response" + i, fields);
        return new EndpointInfo("Greeter.Method" + i, Optional.of(request), Optional.of(response), Map.of());
    }

    @Test
    void answersPendingLookUpsWhenItCloses() throws Exception {
        Future<?> pending = client.get("nobody");
        await(client.close());
        assertThat(pending.failed() || pending.succeeded()).isTrue();
    }
}
