package dev.vertxmicro.registry.kubernetes;

import static dev.vertxmicro.registry.kubernetes.FakeApiServer.bookmark;
import static dev.vertxmicro.registry.kubernetes.FakeApiServer.event;
import static dev.vertxmicro.registry.kubernetes.FakeApiServer.pod;
import static dev.vertxmicro.testkit.recording.Await.failure;
import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.testkit.recording.RecordingWatcher;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a server says that no real one can be made to say when a test needs it: versions forgotten, bookmarks, nonsense. */
class WatchedObjectsTest {
    private static final ServiceInfo A = service("a");
    private static final ServiceInfo B = service("b");

    private final Vertx vertx = Vertx.vertx();
    private final FakeApiServer server = new FakeApiServer(vertx);
    private final RecordingWatcher changes = RecordingWatcher.of("x");
    private final KubernetesRegistry registry = KubernetesRegistry.create(
            vertx,
            KubernetesRegistryOptions.DEFAULTS
                    .withAddresses(List.of(server.address()))
                    .withRequestTimeout(Duration.ofSeconds(2))
                    .withEndpointSlices(false));

    @AfterEach
    void stop() {
        result(registry.close());
        result(vertx.close());
    }

    private static ServiceInfo service(String id) {
        return new ServiceInfo("x", "1", Map.of(), List.of(), List.of(new Node(id, "10.0.0.1:1", Map.of())));
    }

    private static RegistryChange change(Action action, ServiceInfo service) {
        return new RegistryChange(action, service);
    }

    @Test
    void listsAnewWhatTheServerHasForgottenAndBelievesIt() {
        server.list("5", pod("a", "3", A));
        server.watch(
                event("BOOKMARK", bookmark("6")),
                event("ERROR", new JsonObject().put("code", 410).put("message", "too old resource version")));
        server.list("9", pod("b", "8", B));
        result(registry.watch(changes));
        assertThat(changes.next()).isEqualTo(change(Action.DELETE, A));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, B));
        assertThat(server.watchedFrom()).isEqualTo("5");
        assertThat(server.watchedFrom()).isEqualTo("9");
    }

    @Test
    void goesOnFromTheLastBookmarkWhenTheServerEndsAWatch() {
        server.list("5", pod("a", "3", A));
        server.watch(event("ADDED", pod("b", "7", B)), event("BOOKMARK", bookmark("20")));
        result(registry.watch(changes));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, B));
        assertThat(server.watchedFrom()).isEqualTo("5");
        assertThat(server.watchedFrom()).isEqualTo("20");
        assertThat(result(registry.get("x"))).hasSize(1);
    }

    @Test
    void goesOnAfterNonsense() {
        server.list("1", pod("a", "1", A));
        List<String> nonsense = List.of(
                "no json",
                "[]",
                "{\"type\":5,\"object\":[]}",
                "{\"type\":\"ADDED\",\"object\":{\"metadata\":7}}",
                "{\"type\":\"MODIFIED\"}",
                "{".repeat(3_000),
                "x".repeat(5 << 20));
        for (int i = 0; i < nonsense.size(); i++) {
            server.watch(nonsense.get(i));
            server.list(String.valueOf(i + 2), pod("a", "1", A));
        }
        server.watch(event("ADDED", pod("b", "50", B)));
        server.list("60", pod("a", "1", A), pod("b", "50", B));
        result(registry.watch(changes));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, B));
    }

    @Test
    void leavesOutPodsThatAreNone() {
        JsonObject odd =
                new JsonObject().put("metadata", new JsonObject().put("name", 5).put("annotations", "none"));
        server.answer(new JsonObject()
                .put("metadata", new JsonObject().put("resourceVersion", "1"))
                .put(
                        "items",
                        new JsonArray()
                                .add(7)
                                .addNull()
                                .add(new JsonObject())
                                .add(odd)
                                .add(pod("a", "1", A)))
                .encode());
        assertThat(result(registry.get("x"))).containsExactly(A);
    }

    @Test
    void failsClearlyWhereWhatAnswersIsNoServerOfKubernetes() {
        for (String answer : List.of("<html>", "[]", "{\"items\":5}", "{\"metadata\":[]}")) {
            server.answer(answer);
            assertThat(failure(registry.get("x")).detail()).contains("an answer that is no list");
        }
        assertThat(failure(registry.get("x")).detail()).contains(server.address(), "503");
    }

    @Test
    void countsAVersionThatWentBackAsABeginningAnew() {
        server.list("500", pod("a", "400", A));
        server.watch(event("ERROR", new JsonObject().put("code", 410)));
        server.list("20");
        result(registry.watch(changes));
        assertThat(server.watchedFrom()).isEqualTo("500");
        assertThat(server.watchedFrom()).isEqualTo("20");
        assertThat(result(registry.get("x"))).containsExactly(A);
    }
}
