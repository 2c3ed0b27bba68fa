package dev.vertxmicro.registry.kubernetes;

import static dev.vertxmicro.testkit.recording.Await.failure;
import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.ServiceJson;
import dev.vertxmicro.registry.kubernetes.wire.PodServices;
import dev.vertxmicro.registry.kubernetes.wire.Renewal;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import dev.vertxmicro.testkit.recording.RecordingWatcher;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in a pod, as go-plugins has it, and what others may have put there. */
@Requires(Requirement.KUBERNETES)
class KubernetesWireTest {
    private static final Duration TTL = Duration.ofSeconds(60);
    private static final String PODS = "/api/v1/namespaces/default/pods/";

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

    private static ServiceInfo service(String name, String version, String node) {
        return new ServiceInfo(
                name,
                version,
                Map.of(),
                List.of(),
                List.of(new Node(node, "10.1.2.3:8080", Map.of("protocol", "mucp"))));
    }

    private static JsonObject metadata(String pod) {
        return new JsonObject(CLUSTER.server().request("GET", PODS + pod, "")).getJsonObject("metadata");
    }

    private static void annotate(String pod, String label, JsonObject annotations) {
        JsonObject labels =
                new JsonObject().put("micro.mu/type", "service").put("micro.mu/selector-" + label, "service");
        JsonObject patch = new JsonObject()
                .put("metadata", new JsonObject().put("labels", labels).put("annotations", annotations));
        CLUSTER.server().request("PATCH", PODS + pod, patch.encode());
    }

    private static String json(ServiceInfo service) {
        return ServiceJson.write(service).encode();
    }

    @Test
    void writesLabelsAndAnnotationsAsGoPluginsDo() {
        KubernetesRegistryOptions options = CLUSTER.pod();
        KubernetesRegistry registry = CLUSTER.registry(options);
        ServiceInfo service = service("shop/cart", "1.0.0", "cart-1");
        result(registry.register(service, TTL));
        JsonObject written = metadata(options.pod());
        assertThat(written.getJsonObject("labels"))
                .isEqualTo(
                        new JsonObject().put("micro.mu/type", "service").put("micro.mu/selector-shop_cart", "service"));
        JsonObject annotations = written.getJsonObject("annotations");
        assertThat(new JsonObject(annotations.getString("micro.mu/service-shop_cart")))
                .isEqualTo(ServiceJson.write(service));
        assertThat(Renewal.parse(annotations.getString("vertxmicro.dev/renewed-shop_cart")))
                .hasValueSatisfying(renewal -> assertThat(renewal.ttl()).isCloseTo(TTL, Duration.ofSeconds(1)));
        assertThat(annotations.fieldNames()).hasSize(2);
        result(registry.deregister(service));
        assertThat(metadata(options.pod()).getJsonObject("labels"))
                .isEqualTo(new JsonObject().put("micro.mu/type", "service"));
        assertThat(metadata(options.pod()).getJsonObject("annotations")).isNull();
        result(registry.close());
    }

    @Test
    void writesNothingOfItsOwnWithoutRenewals() {
        KubernetesRegistryOptions options = CLUSTER.pod().withRenewals(false);
        KubernetesRegistry registry = CLUSTER.registry(options);
        result(registry.register(service("plain", "1.0.0", "plain-1"), Duration.ofMillis(1)));
        assertThat(metadata(options.pod()).getJsonObject("annotations").fieldNames())
                .containsExactly("micro.mu/service-plain");
        assertThat(result(registry.get("plain"))).containsExactly(service("plain", "1.0.0", "plain-1"));
        result(registry.close());
    }

    @Test
    void keepsAFurtherVersionBesideTheFirst() {
        KubernetesRegistryOptions options = CLUSTER.pod();
        KubernetesRegistry registry = CLUSTER.registry(options);
        ServiceInfo first = service("twice", "1.0.0", "twice-1");
        ServiceInfo second = service("twice", "2.0.0", "twice-2");
        result(registry.register(first, TTL));
        result(registry.register(second, TTL));
        JsonObject annotations = metadata(options.pod()).getJsonObject("annotations");
        assertThat(annotations.getString("micro.mu/service-twice")).isEqualTo(json(first));
        assertThat(annotations.fieldNames())
                .filteredOn(key -> key.startsWith("micro.mu/service-twice_"))
                .hasSize(1);
        result(registry.deregister(first));
        assertThat(result(registry.get("twice"))).containsExactly(second);
        result(registry.close());
    }

    @Test
    void findsWhatGoPluginsRegisteredUntilItsPodRunsNoMore() {
        KubernetesRegistry registry = CLUSTER.registry();
        ServiceInfo go = service("go.greeter", "1.2.3", "go.greeter-1");
        RecordingWatcher changes = RecordingWatcher.of("go.greeter");
        result(registry.watch(changes));
        for (String end : List.of("Failed", "deleted")) {
            String pod = "go-" + end.toLowerCase(Locale.ROOT);
            CLUSTER.server().runPod(pod);
            annotate(pod, "go.greeter", new JsonObject().put("micro.mu/service-go.greeter", json(go)));
            assertThat(changes.next()).isEqualTo(new RegistryChange(Action.CREATE, go));
            if (end.equals("deleted")) {
                CLUSTER.server().deletePod(pod);
            } else {
                CLUSTER.server().phase(pod, end);
            }
            assertThat(changes.next()).isEqualTo(new RegistryChange(Action.DELETE, go));
        }
        KubernetesRegistry other = CLUSTER.registry();
        assertThat(result(other.get("go.greeter"))).isEmpty();
        result(other.close());
        result(registry.close());
    }

    @Test
    void leavesOutWhatIsNoServiceAndFindsTheOthers() {
        KubernetesRegistry registry = CLUSTER.registry();
        ServiceInfo good = service("odd", "1.0.0", "odd-good");
        RecordingWatcher changes = RecordingWatcher.of("odd");
        result(registry.watch(changes));
        CLUSTER.server().runPod("odd");
        JsonObject annotations = new JsonObject()
                .put("micro.mu/service-a", "")
                .put("micro.mu/service-b", "[]")
                .put("micro.mu/service-c", "{\"name\":5}")
                .put("micro.mu/service-d", "{\"name\":\"odd\",\"nodes\":[{\"id\":\"\",\"address\":\"\"}]}")
                .put("micro.mu/service-e", "[".repeat(5_000))
                .put("micro.mu/service-f", "{\"name\":\"odd\",\"nodes\":\"" + "x".repeat(200_000) + "\"}")
                .put("micro.mu/service-odd", json(good))
                .put("vertxmicro.dev/renewed-odd", "tomorrow");
        try (RecordedLogs logs = RecordedLogs.of(PodServices.class)) {
            annotate("odd", "odd", annotations);
            assertThat(changes.next()).isEqualTo(new RegistryChange(Action.CREATE, good));
            assertThat(result(registry.get("odd"))).containsExactly(good);
            KubernetesRegistry other = CLUSTER.registry();
            assertThat(result(other.get("odd"))).containsExactly(good);
            assertThat(result(other.list())).contains("odd");
            result(other.close());
            assertThat(logs.count()).isLessThanOrEqualTo(1);
        }
        result(registry.close());
    }

    @Test
    void isTakenBackByAVerticleThatStopsAsVertxCloses() {
        KubernetesRegistryOptions options = CLUSTER.pod();
        Vertx closing = Vertx.vertx();
        result(closing.deployVerticle(new VerticleBase() {
            private final ServiceInfo service = service("leaving", "1.0.0", "leaving-1");
            private Registry registry = Registry.inMemory(Timers.manual());

            @Override
            public Future<?> start() {
                registry = KubernetesRegistry.create(vertx, options);
                return registry.register(service, TTL);
            }

            @Override
            public Future<?> stop() {
                return registry.deregister(service);
            }
        }));
        assertThat(metadata(options.pod()).getJsonObject("annotations")).isNotNull();
        result(closing.close());
        assertThat(metadata(options.pod()).getJsonObject("annotations")).isNull();
    }

    @Test
    void refusesWhatNoPodCanTell() {
        KubernetesRegistry registry = CLUSTER.registry();
        for (String name : List.of("", "ends-with-", "x".repeat(55))) {
            assertThat(failure(registry.register(service(name, "1", "n"), TTL)).code())
                    .isEqualTo(400);
        }
        Node large = new Node("large", "10.1.2.3:1", Map.of("text", "x".repeat(300_000)));
        ServiceInfo tooLarge = service("large", "1", "n").withNodes(List.of(large));
        assertThat(failure(registry.register(tooLarge, TTL)).code()).isEqualTo(400);
        result(registry.close());
        KubernetesRegistry nowhere = CLUSTER.registry(CLUSTER.options().withPod("nobody"));
        assertThat(failure(nowhere.register(service("a", "1", "n"), TTL)).detail())
                .contains(CLUSTER.server().address(), "404", "pods \"nobody\" not found");
        result(nowhere.close());
    }
}
