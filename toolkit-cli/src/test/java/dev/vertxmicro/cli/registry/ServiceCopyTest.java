package dev.vertxmicro.cli.registry;

import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.cli.registry.ServiceCopy.State;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceCopyTest {
    private static final Duration TTL = Duration.ofMinutes(10);

    private final ManualTimers timers = Timers.manual();
    private final Registry from = Registry.inMemory(timers);
    private final Registry to = Registry.inMemory(timers);

    private static ServiceInfo greeter(String version, String zone, String... ids) {
        List<Node> nodes = List.of(ids).stream()
                .map(id -> new Node(id, "10.1.2.3:9001", Map.of("zone", zone)))
                .toList();
        return new ServiceInfo("greeter", version, Map.of("owner", "us"), List.of(), nodes);
    }

    private ServiceCopy copy(boolean dryRun) {
        return result(ServiceCopy.copy("greeter", from, to, TTL, dryRun));
    }

    @Test
    void copiesEachVersionForATimeAndSaysWhatWasThere() {
        result(from.register(greeter("1", "a", "g1", "g2"), Duration.ZERO));
        result(from.register(greeter("2", "a", "g3"), Duration.ZERO));
        assertThat(copy(true)).isEqualTo(new ServiceCopy("greeter", 3, State.NEW, ""));
        assertThat(result(to.list())).isEmpty();
        assertThat(copy(false).state()).isEqualTo(State.NEW);
        assertThat(result(to.get("greeter"))).isEqualTo(result(from.get("greeter")));
        assertThat(copy(false).state()).isEqualTo(State.THERE);
        result(from.register(greeter("2", "b", "g3"), Duration.ZERO));
        assertThat(copy(true).state()).isEqualTo(State.CHANGED);
        timers.advance(TTL);
        assertThat(result(to.get("greeter"))).isEmpty();
    }

    @Test
    void renewsWhatItCopied() {
        result(from.register(greeter("1", "a", "g1"), Duration.ZERO));
        copy(false);
        timers.advance(TTL.dividedBy(2));
        copy(false);
        timers.advance(TTL.dividedBy(2));
        assertThat(result(to.get("greeter"))).hasSize(1);
    }

    @Test
    void saysThatNothingIsThereAnyMoreOrWhyItFailed() {
        assertThat(copy(false).state()).isEqualTo(State.GONE);
        result(from.register(greeter("1", "a", "g1"), Duration.ZERO));
        result(to.close());
        assertThat(copy(false)).isEqualTo(ServiceCopy.failed("greeter", "registry is closed"));
        assertThat(copy(false).json().encode())
                .isEqualTo(
                        "{\"name\":\"greeter\",\"nodes\":0,\"state\":\"failed\",\"failure\":\"registry is closed\"}");
    }
}
