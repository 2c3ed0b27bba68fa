package dev.vertxmicro.registry.kubernetes;

import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.recording.RecordingWatcher;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services of Kubernetes whose pods know nothing of go-micro, by their EndpointSlices. */
@Requires(Requirement.KUBERNETES)
class PlainServicesTest {
    private static final String SLICES = "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices";

    @TempDir
    static Path directory = Path.of("");

    private static final Vertx VERTX = Vertx.vertx();
    private static final TestCluster CLUSTER = new TestCluster(VERTX);

    @BeforeAll
    static void start() {
        CLUSTER.start(directory);
    }

    @AfterAll
    static void stop() {
        CLUSTER.close();
        result(VERTX.close());
    }

    private static JsonObject endpoint(String address, boolean ready) {
        return new JsonObject()
                .put("addresses", new JsonArray().add(address))
                .put("conditions", new JsonObject().put("ready", ready));
    }

    private static JsonObject port(String name, int number) {
        return new JsonObject().put("name", name).put("port", number).put("protocol", "TCP");
    }

    private static String slice(String service, String name, List<JsonObject> ports, List<JsonObject> endpoints) {
        JsonObject metadata = new JsonObject()
                .put("name", name)
                .put("labels", new JsonObject().put("kubernetes.io/service-name", service));
        return new JsonObject()
                .put("metadata", metadata)
                .put("addressType", "IPv4")
                .put("ports", new JsonArray(ports))
                .put("endpoints", new JsonArray(endpoints))
                .encode();
    }

    private static void create(String service, List<JsonObject> ports, JsonObject... endpoints) {
        CLUSTER.server().request("POST", SLICES, slice(service, service + "-1", ports, List.of(endpoints)));
    }

    private static ServiceInfo found(String name, Node... nodes) {
        return new ServiceInfo(name, "", Map.of(), List.of(), List.of(nodes));
    }

    private static Node node(String service, String at) {
        return new Node(service + "-" + at, at, Map.of("protocol", "mucp"));
    }

    @Test
    void findsReadyEndpointsWithWhereTheyAre() {
        JsonObject told = endpoint("10.99.0.1", true)
                .put("zone", "eu-1a")
                .put("nodeName", "worker-1")
                .put("targetRef", new JsonObject().put("kind", "Pod").put("name", "cart-x"))
                .put(
                        "hints",
                        new JsonObject().put("forZones", new JsonArray().add(new JsonObject().put("name", "eu-1a"))));
        create("cart", List.of(port("web", 8080)), told, endpoint("10.99.0.2", false), endpoint("10.99.0.3", true));
        Map<String, String> metadata =
                Map.of("protocol", "mucp", "zone", "eu-1a", "node", "worker-1", "pod", "cart-x", "zone-hints", "eu-1a");
        ServiceInfo cart = found(
                "cart", new Node("cart-10.99.0.1:8080", "10.99.0.1:8080", metadata), node("cart", "10.99.0.3:8080"));
        KubernetesRegistry registry = CLUSTER.registry(CLUSTER.options());
        assertThat(result(registry.get("cart"))).containsExactly(cart);
        assertThat(result(registry.list())).contains("cart");
        result(registry.watch(change -> {}));
        assertThat(result(registry.get("cart"))).containsExactly(cart);
        assertThat(result(registry.list())).contains("cart").noneMatch(name -> name.contains(":"));
        result(registry.close());
        KubernetesRegistry without = CLUSTER.registry(CLUSTER.options().withEndpointSlices(false));
        assertThat(result(without.get("cart"))).isEmpty();
        result(without.close());
    }

    @Test
    void callsPortsByTheirNames() {
        create("shop", List.of(port("admin", 9000), port("http", 8080)), endpoint("10.99.0.1", true));
        create("odd", List.of(port("a", 1), port("b", 2)), endpoint("10.99.0.1", true));
        KubernetesRegistry registry = CLUSTER.registry(CLUSTER.options());
        for (int watching = 0; watching < 2; watching++) {
            assertThat(result(registry.get("shop"))).containsExactly(found("shop", node("shop", "10.99.0.1:8080")));
            assertThat(result(registry.get("shop:admin")))
                    .containsExactly(found("shop:admin", node("shop", "10.99.0.1:9000")));
            assertThat(result(registry.get("shop:other"))).isEmpty();
            assertThat(result(registry.get("odd"))).isEmpty();
            assertThat(result(registry.get("odd:b"))).containsExactly(found("odd:b", node("odd", "10.99.0.1:2")));
            result(registry.watch("shop:admin", change -> {}));
        }
        result(registry.close());
    }

    @Test
    void tellsWhenEndpointsBecomeReadyAndLeave() {
        KubernetesRegistry registry = CLUSTER.registry(CLUSTER.options());
        RecordingWatcher one = RecordingWatcher.of("till");
        RecordingWatcher all = RecordingWatcher.of("till");
        RecordingWatcher admin = RecordingWatcher.of("till");
        result(registry.watch("till", one));
        result(registry.watch(all));
        result(registry.watch("till:admin", admin));
        List<JsonObject> ports = List.of(port("admin", 9000), port("http", 8080));
        create("till", ports, endpoint("10.99.0.1", false));
        String path = SLICES + "/till-1";
        CLUSTER.server().request("PATCH", path, slice("till", "till-1", ports, List.of(endpoint("10.99.0.1", true))));
        RegistryChange created = new RegistryChange(Action.CREATE, found("till", node("till", "10.99.0.1:8080")));
        assertThat(one.next()).isEqualTo(created);
        assertThat(all.next()).isEqualTo(created);
        assertThat(admin.next())
                .isEqualTo(new RegistryChange(Action.CREATE, found("till:admin", node("till", "10.99.0.1:9000"))));
        CLUSTER.server().request("DELETE", path, "");
        assertThat(one.next().action()).isEqualTo(Action.DELETE);
        assertThat(all.next().action()).isEqualTo(Action.DELETE);
        assertThat(admin.next().action()).isEqualTo(Action.DELETE);
        result(registry.close());
    }

    @Test
    void letsWhatIsRegisteredGoBeforeAPlainServiceOfThatName() {
        create("both", List.of(port("health", 1)), endpoint("10.99.0.1", true));
        KubernetesRegistry registry = CLUSTER.registry();
        ServiceInfo registered = new ServiceInfo(
                "both", "1", Map.of(), List.of(), List.of(new Node("both-1", "10.99.0.1:8080", Map.of())));
        assertThat(result(registry.get("both"))).containsExactly(found("both", node("both", "10.99.0.1:1")));
        result(registry.register(registered, Duration.ofSeconds(60)));
        assertThat(result(registry.get("both"))).containsExactly(registered);
        result(registry.watch("both", change -> {}));
        assertThat(result(registry.get("both"))).containsExactly(registered);
        result(registry.close());
    }
}
