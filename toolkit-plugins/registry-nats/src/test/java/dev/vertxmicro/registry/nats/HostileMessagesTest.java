package dev.vertxmicro.registry.nats;

import static dev.vertxmicro.registry.nats.NatsKind.service;
import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.nats.survey.Survey;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import dev.vertxmicro.testkit.recording.RecordingWatcher;
import dev.vertxmicro.testkit.server.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others may publish to the subjects of a registry. */
@Requires(Requirement.NATS)
@SuppressWarnings("try") // jnats waits when it closes, and may be interrupted
class HostileMessagesTest {
    private static final Duration TTL = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final String QUERIES = NatsRegistryOptions.DEFAULTS.queryTopic();
    private static final String CHANGES = NatsRegistryOptions.DEFAULTS.watchTopic();
    private static final List<String> NONSENSE = List.of(
            "",
            "null",
            "[]",
            "17",
            "{",
            "\"text\"",
            "{\"Action\":1}",
            "{\"Action\":\"get\"}",
            "{\"Action\":\"create\",\"Service\":null}",
            "{\"Action\":\"create\",\"Service\":[]}",
            "{\"Action\":\"create\",\"Service\":{\"name\":{}}}",
            "{\"Action\":\"create\",\"Service\":{\"name\":\"greeter\",\"nodes\":{}}}",
            "{\"Action\":\"create\",\"Service\":{\"name\":\"greeter\",\"nodes\":[1]}}",
            "{\"Action\":\"create\",\"Service\":{\"name\":\"\",\"nodes\":null}}",
            "{\"Action\":\"explode\",\"Service\":{\"name\":\"greeter\"}}",
            "{\"name\":1}",
            "{\"name\":\"greeter\",\"metadata\":{\"a\":1}}",
            "[".repeat(100_000),
            "{\"Action\":\"create\",\"Service\":{\"name\":\"greeter\",\"endpoints\":[{\"request\":"
                    + "{\"values\":[".repeat(900) + "]}".repeat(900) + "}]}}",
            "\u0000".repeat(1000));

    @TempDir
    Path directory = Path.of("");

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        result(vertx.close());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whatIsNoneOfARegistrysHarmsNobody() throws Exception {
        try (NatsServer server = NatsServer.start(directory);
                Connection stranger = Nats.connect("nats://" + server.address());
                RecordedLogs log = RecordedLogs.of(Survey.class)) {
            stranger.createDispatcher(query ->
                            NONSENSE.forEach(each -> stranger.publish(String.valueOf(query.getReplyTo()), bytes(each))))
                    .subscribe(QUERIES);
            stranger.flush(Duration.ofSeconds(5));
            Registry registry = NatsKind.ASKING.registry(vertx, server.address());
            RecordingWatcher changes = RecordingWatcher.of("greeter");
            result(registry.watch(changes));
            result(registry.register(service("greeter", 1), TTL));
            for (String each : NONSENSE) {
                stranger.publish(CHANGES, bytes(each));
                stranger.publish(QUERIES, bytes(each));
                stranger.publish(QUERIES, CHANGES, bytes(each));
            }
            stranger.publish(CHANGES, bytes("{\"Action\":\"delete\",\"Service\":{\"name\":\"nobody\"}}"));
            stranger.flush(Duration.ofSeconds(5));
            assertThat(changes.next()).isEqualTo(new RegistryChange(Action.CREATE, service("greeter", 1)));
            result(registry.register(service("greeter", 2), TTL));
            assertThat(changes.next()).isEqualTo(new RegistryChange(Action.CREATE, service("greeter", 2)));
            Registry other = NatsRegistry.create(
                    vertx,
                    NatsRegistryOptions.DEFAULTS
                            .withAddresses(List.of(server.address()))
                            .withCollect(PATIENCE));
            assertThat(result(other.get("greeter"))).singleElement().satisfies(found -> assertThat(found.nodes())
                    .hasSize(2));
            assertThat(result(other.list())).containsExactly("greeter");
            assertThat(log.count()).isEqualTo(1);
            result(other.close());
            result(registry.close());
        }
    }

    @Test
    void takesNobodyBackWhoWasDeregisteredButStillAnswers() throws Exception {
        String greeter = "{\"name\":\"greeter\",\"version\":\"1.0.0\",\"nodes\":[{\"id\":\"g\",\"address\":\"h:1\"}]}";
        try (NatsServer server = NatsServer.start(directory);
                Connection go = Nats.connect("nats://" + server.address())) {
            go.createDispatcher(query -> go.publish(String.valueOf(query.getReplyTo()), bytes(greeter)))
                    .subscribe(QUERIES);
            go.flush(Duration.ofSeconds(5));
            Registry registry = NatsKind.ASKING.registry(vertx, server.address());
            RecordingWatcher changes = RecordingWatcher.of("greeter");
            result(registry.watch(changes));
            assertThat(result(registry.get("greeter"))).hasSize(1);
            go.publish(CHANGES, bytes("{\"Action\":\"delete\",\"Service\":" + greeter + "}"));
            assertThat(changes.next().action()).isEqualTo(Action.DELETE);
            result(registry.watch("greeter", change -> {}));
            assertThat(result(registry.get("greeter"))).isEmpty();
            go.publish(CHANGES, bytes("{\"Action\":\"create\",\"Service\":" + greeter + "}"));
            assertThat(changes.next().action()).isEqualTo(Action.CREATE);
            assertThat(result(registry.get("greeter"))).hasSize(1);
            result(registry.close());
        }
    }

    @Test
    void entriesThatAreNoneOfARegistrysHarmNobody() throws Exception {
        try (NatsServer server = NatsServer.start(directory);
                Connection stranger = Nats.connect("nats://" + server.address())) {
            Registry registry = NatsKind.IN_BUCKET.registry(vertx, server.address());
            RecordingWatcher changes = RecordingWatcher.of("greeter");
            result(registry.watch(changes));
            result(registry.register(service("greeter", 1), TTL));
            assertThat(changes.next().action()).isEqualTo(Action.CREATE);
            List<String> keys = List.of(
                    "a", "a.b", "greeter.1=2E0=2E0.greeter-1", "greeter.=.=", "greeter.=ZZ.x", "a.b.c.d", "=.=.=");
            for (String key : keys) {
                for (String each : NONSENSE) {
                    stranger.publish("$KV.micro-registry." + key, bytes(each));
                }
            }
            stranger.publish("$KV.micro-registry.greeter.v.n", bytes("{\"name\":\"else\",\"nodes\":[{\"id\":\"n\"}]}"));
            stranger.flush(Duration.ofSeconds(5));
            result(registry.register(service("greeter", 2), TTL));
            assertThat(changes.next()).isEqualTo(new RegistryChange(Action.CREATE, service("greeter", 2)));
            result(registry.register(service("greeter", 1), TTL));
            Registry other = NatsKind.IN_BUCKET.registry(vertx, server.address());
            assertThat(result(other.get("greeter"))).singleElement().satisfies(found -> assertThat(found.nodes())
                    .hasSize(2));
            assertThat(result(other.list())).containsExactly("greeter");
            result(other.close());
            result(registry.close());
        }
    }

    @Test
    void keepsOddNamesApart() {
        try (NatsServer server = NatsServer.start(directory)) {
            Registry registry = NatsKind.IN_BUCKET.registry(vertx, server.address());
            List<String> odd = List.of("a.b", "a b", "a*", ">", "a=2Eb", "ä/€", "a_b", "=");
            for (String name : odd) {
                result(registry.register(
                        new ServiceInfo(name, "", Map.of(), List.of(), List.of(new Node("n>*. =", "h:1", Map.of()))),
                        TTL));
            }
            assertThat(result(registry.list())).containsExactlyInAnyOrderElementsOf(odd);
            for (String name : odd) {
                assertThat(result(registry.get(name))).singleElement().satisfies(found -> assertThat(found.nodes())
                        .hasSize(1));
            }
            result(registry.close());
        }
    }

    @Test
    void refusesWhatIsTooLargeForTheServer() {
        try (NatsServer server = NatsServer.start(directory)) {
            Node large = new Node("greeter-1", "127.0.0.1:1", Map.of("text", "x".repeat(1 << 20)));
            ServiceInfo service = new ServiceInfo("greeter", "1", Map.of(), List.of(), List.of(large));
            for (NatsKind kind : NatsKind.values()) {
                Registry registry = kind.registry(vertx, server.address());
                assertThatThrownBy(() -> result(registry.register(service, TTL)))
                        .hasMessageContaining("\"code\":400")
                        .hasMessageContaining("1048576, max_payload of the server)");
                result(registry.register(service("greeter", 2), TTL));
                result(registry.close());
            }
        }
    }
}
