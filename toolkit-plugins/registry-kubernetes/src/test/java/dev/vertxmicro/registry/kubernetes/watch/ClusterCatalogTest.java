package dev.vertxmicro.registry.kubernetes.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.ServiceJson;
import dev.vertxmicro.registry.kubernetes.wire.PodKeys;
import dev.vertxmicro.registry.kubernetes.wire.PodServices;
import dev.vertxmicro.registry.kubernetes.wire.Renewal;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Until when things hold: time stands where the test says. */
class ClusterCatalogTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final Duration TTL = Duration.ofSeconds(10);
    private static final ServiceInfo SERVICE =
            new ServiceInfo("a", "1", Map.of(), List.of(), List.of(new Node("a-1", "10.0.0.1:1", Map.of())));

    private final ClusterCatalog catalog = new ClusterCatalog("http");

    private static JsonObject pod(Instant renewed) {
        JsonObject annotations = new JsonObject()
                .put(PodKeys.SERVICE_PREFIX + "a", ServiceJson.write(SERVICE).encode())
                .put(PodKeys.RENEWED_PREFIX + "a", new Renewal(renewed, TTL).text());
        return new JsonObject()
                .put("metadata", new JsonObject().put("name", "pod").put("annotations", annotations));
    }

    private static long nanos(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    private void listed(Instant renewed, Instant now, int seconds) {
        assertThat(catalog.pods(List.of(pod(renewed)), now, nanos(seconds))).containsExactly("a");
    }

    private void told(Instant renewed, Instant now, int seconds) {
        catalog.pod(PodServices.read(pod(renewed)), now, nanos(seconds));
    }

    @Test
    void dropsWhatAListSaysWasNotRenewed() {
        listed(NOON, NOON, 0);
        assertThat(catalog.registered("a")).containsExactly(SERVICE);
        assertThat(catalog.anyDue(nanos(9))).isFalse();
        assertThat(catalog.anyDue(nanos(10))).isTrue();
        assertThat(catalog.registered("a")).as("on a suspicion").containsExactly(SERVICE);
        listed(NOON, NOON.plusSeconds(11), 11);
        assertThat(catalog.registered("a")).isEmpty();
        assertThat(catalog.anyDue(nanos(20))).isFalse();
    }

    @Test
    void keepsWhatAListSaysWasRenewed() {
        listed(NOON, NOON, 0);
        listed(NOON.plusSeconds(9), NOON.plusSeconds(11), 11);
        assertThat(catalog.registered("a")).containsExactly(SERVICE);
        assertThat(catalog.anyDue(nanos(18))).isFalse();
        assertThat(catalog.anyDue(nanos(20))).isTrue();
    }

    @Test
    void takesBackWhatIsRenewedAfterAll() {
        listed(NOON.minusSeconds(60), NOON, 0);
        assertThat(catalog.registered("a")).isEmpty();
        told(NOON, NOON, 1);
        assertThat(catalog.registered("a")).containsExactly(SERVICE);
    }

    @Test
    void believesARenewalThatItHearsOfWhateverTheClocksSay() {
        listed(NOON, NOON, 0);
        told(NOON.minusSeconds(300), NOON, 5);
        assertThat(catalog.anyDue(nanos(14))).isFalse();
        assertThat(catalog.anyDue(nanos(15))).isTrue();
    }

    @Test
    void countsWhatWasRenewedAgesAgoAsLapsedAndGoesOn() {
        Instant ages = Instant.parse("0001-01-01T00:00:00Z");
        listed(ages, NOON, 0);
        assertThat(catalog.registered("a")).isEmpty();
        listed(NOON, NOON, 0);
        listed(ages, NOON, 1);
        assertThat(catalog.registered("a")).isEmpty();
        told(NOON.plusSeconds(1), NOON.plusSeconds(1), 2);
        assertThat(catalog.registered("a")).containsExactly(SERVICE);
    }

    @Test
    void forgetsPodsThatAListDoesNotHave() {
        listed(NOON, NOON, 0);
        assertThat(catalog.pods(List.of(), NOON, 0)).containsExactly("a");
        assertThat(catalog.registered("a")).isEmpty();
    }
}
