package dev.vertxmicro.registry.nats.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.nats.nodes.NatsNodeKey;
import dev.vertxmicro.registry.nats.nodes.ToldNode;
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

    private static Optional<ToldNode> left(Duration ttl, Instant now) {
        return new BucketEntry(NatsNodeKey.of(SERVICE), Optional.of(new ToldNode(SERVICE, ttl)), AT).leftAt(now);
    }

    @Test
    void writesEachPartOfAKeyAsOneToken() {
        assertThat(BucketKey.of(SERVICE)).isEqualTo("go=2Emicro=2Esrv.1=2E0.go=2Emicro=2Esrv-1");
        assertThat(BucketKey.read("go=2Emicro=2Esrv.1=2E0.go=2Emicro=2Esrv-1")).contains(NatsNodeKey.of(SERVICE));
        assertThat(BucketKey.read("a.=.b")).contains(new NatsNodeKey("a", "", "b"));
        assertThat(BucketKey.read("=C3=A4.v.b")).contains(new NatsNodeKey("ä", "v", "b"));
    }

    @Test
    void readsNoKeyOfOthers() {
        for (String key : List.of("", "a", "a.b", "a.b.c.d", "=.v.b", "a.v.=", "a.v.=2", "a.v.=GG", "a.v.")) {
            assertThat(BucketKey.read(key)).as(key).isEmpty();
        }
    }

    @Test
    void readsOnlyTheNodeThatTheKeyNames() {
        ToldNode told = new ToldNode(SERVICE, Duration.ofMillis(1500));
        byte[] value = BucketEntryJson.write(told);
        assertThat(new String(value, StandardCharsets.UTF_8)).contains("\"ttl\":1500");
        assertThat(BucketEntryJson.read(NatsNodeKey.of(SERVICE), value)).contains(told);
        assertThat(BucketEntryJson.read(new NatsNodeKey("other", "1.0", "go.micro.srv-1"), value))
                .isEmpty();
        assertThat(BucketEntryJson.read(NatsNodeKey.of(SERVICE), new byte[0])).isEmpty();
    }

    @Test
    void countsTheTimeThatIsOver() {
        Duration ttl = Duration.ofSeconds(10);
        assertThat(left(ttl, AT.plusSeconds(4))).contains(new ToldNode(SERVICE, Duration.ofSeconds(6)));
        assertThat(left(ttl, AT.plusSeconds(10))).isEmpty();
        assertThat(left(ttl, AT.plusSeconds(11))).isEmpty();
        assertThat(left(ttl, AT.minusSeconds(5))).contains(new ToldNode(SERVICE, ttl));
        assertThat(left(Duration.ZERO, AT.plusSeconds(1_000_000))).contains(new ToldNode(SERVICE, Duration.ZERO));
    }
}
