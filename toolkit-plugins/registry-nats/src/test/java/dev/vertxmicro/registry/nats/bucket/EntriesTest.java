package dev.vertxmicro.registry.nats.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.nats.nodes.NodeKey;
import dev.vertxmicro.registry.nats.nodes.Told;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EntriesTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final ServiceInfo SERVICE = new ServiceInfo(
            "go.micro.srv", "1.0", Map.of(), List.of(), List.of(new Node("go.micro.srv-1", "127.0.0.1:1", Map.of())));

    private static Optional<Told> left(Duration ttl, Instant now) {
        return new Entry(NodeKey.of(SERVICE), Optional.of(new Told(SERVICE, ttl)), AT).leftAt(now);
    }

    @Test
    void writesEachPartOfAKeyAsOneToken() {
        assertThat(BucketKey.of(SERVICE)).isEqualTo("go=2Emicro=2Esrv.1=2E0.go=2Emicro=2Esrv-1");
        assertThat(BucketKey.read("go=2Emicro=2Esrv.1=2E0.go=2Emicro=2Esrv-1")).contains(NodeKey.of(SERVICE));
        assertThat(BucketKey.read("a.=.b")).contains(new NodeKey("a", "", "b"));
        assertThat(BucketKey.read("=C3=A4.v.b")).contains(new NodeKey("ä", "v", "b"));
    }

    @Test
    void readsNoKeyOfOthers() {
        for (String key : List.of("", "a", "a.b", "a.b.c.d", "=.v.b", "a.v.=", "a.v.=2", "a.v.=GG", "a.v.")) {
            assertThat(BucketKey.read(key)).as(key).isEmpty();
        }
    }

    @Test
    void readsOnlyTheNodeThatTheKeyNames() {
        Told told = new Told(SERVICE, Duration.ofMillis(1500));
        byte[] value = EntryJson.write(told);
        assertThat(new String(value, StandardCharsets.UTF_8)).contains("\"ttl\":1500");
        assertThat(EntryJson.read(NodeKey.of(SERVICE), value)).contains(told);
        assertThat(EntryJson.read(new NodeKey("other", "1.0", "go.micro.srv-1"), value))
                .isEmpty();
        assertThat(EntryJson.read(NodeKey.of(SERVICE), new byte[0])).isEmpty();
    }

    @Test
    void countsTheTimeThatIsOver() {
        Duration ttl = Duration.ofSeconds(10);
        assertThat(left(ttl, AT.plusSeconds(4))).contains(new Told(SERVICE, Duration.ofSeconds(6)));
        assertThat(left(ttl, AT.plusSeconds(10))).isEmpty();
        assertThat(left(ttl, AT.plusSeconds(11))).isEmpty();
        assertThat(left(ttl, AT.minusSeconds(5))).contains(new Told(SERVICE, ttl));
        assertThat(left(Duration.ZERO, AT.plusSeconds(1_000_000))).contains(new Told(SERVICE, Duration.ZERO));
    }
}
