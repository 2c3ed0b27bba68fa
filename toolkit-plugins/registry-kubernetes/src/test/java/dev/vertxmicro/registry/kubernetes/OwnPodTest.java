package dev.vertxmicro.registry.kubernetes;

import static dev.vertxmicro.testkit.recording.Await.failure;
import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a pod is told, by a server that refuses when the test says so. */
class OwnPodTest {
    private static final Duration TTL = Duration.ofSeconds(60);
    private static final String SERVICE = "micro.mu/service-x";
    private static final String RENEWED = "vertxmicro.dev/renewed-x";

    private final Vertx vertx = Vertx.vertx();
    private final FakeApiServer server = new FakeApiServer(vertx);
    private final KubernetesRegistry registry = KubernetesRegistry.create(
            vertx,
            KubernetesRegistryOptions.DEFAULTS
                    .withAddresses(List.of(server.address()))
                    .withPod("pod")
                    .withRequestTimeout(Duration.ofSeconds(2)));

    @AfterEach
    void stop() {
        result(registry.close());
        result(vertx.close());
    }

    private static ServiceInfo service(String... ids) {
        List<Node> nodes = List.of(ids).stream()
                .map(id -> new Node(id, "10.0.0.1:1", Map.of()))
                .toList();
        return new ServiceInfo("x", "1", Map.of(), List.of(), nodes);
    }

    private void registered(String... ids) {
        result(registry.register(service(ids), TTL));
        assertThat(server.patched().getString(SERVICE)).contains(ids);
    }

    private void refusedToTakeBack(String id) {
        server.refuse(403);
        assertThat(failure(registry.deregister(service(id))).detail()).contains("403");
        server.patched();
    }

    private void takenBack() {
        JsonObject patched = server.patched();
        assertThat(patched.fieldNames()).contains(SERVICE, RENEWED);
        assertThat(patched.getValue(SERVICE)).isNull();
    }

    @Test
    void takesBackWhenAskedAgainWhatItCouldNotTakeBack() {
        registered("a");
        refusedToTakeBack("a");
        result(registry.deregister(service("a")));
        takenBack();
    }

    @Test
    void takesBackByItselfWhatItCouldNotTakeBack() {
        registered("a");
        refusedToTakeBack("a");
        takenBack();
        registered("a", "b");
        refusedToTakeBack("a");
        assertThat(server.patched().getString(SERVICE)).contains("b").doesNotContain("\"a\"");
    }

    @Test
    void takesBackWhenItClosesWhatItCouldNotTakeBack() {
        registered("a");
        refusedToTakeBack("a");
        result(registry.close());
        takenBack();
    }

    @Test
    void tellsAYearWhereATimeToLiveIsLonger() {
        result(registry.register(service("a"), Duration.ofDays(200_000)));
        assertThat(server.patched().getString(RENEWED)).endsWith(" PT8760H");
        result(registry.register(service("a"), Duration.ofSeconds(Long.MAX_VALUE)));
        assertThat(server.patched().getString(RENEWED)).endsWith(" PT8760H");
        result(registry.close());
        takenBack();
    }
}
