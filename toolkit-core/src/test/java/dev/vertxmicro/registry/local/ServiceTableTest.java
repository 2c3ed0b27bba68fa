package dev.vertxmicro.registry.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceTableTest {
    private static final Duration GRACE = Duration.ofSeconds(60);

    private final ManualTimers timers = Timers.manual();
    private final List<String> changes = new ArrayList<>();
    private final ServiceTable table = new ServiceTable(
            GRACE,
            timers,
            change -> changes.add(change.action() + " "
                    + change.service().version() + " "
                    + change.service().nodes().get(0).id() + " "
                    + change.service().nodes().get(0).address()));

    private static ServiceInfo version(String version, String... nodes) {
        return new ServiceInfo(
                "greeter",
                version,
                Map.of(),
                List.of(),
                List.of(nodes).stream()
                        .map(node -> new Node(node.substring(0, 1), node, Map.of()))
                        .toList());
    }

    private void seen(ServiceInfo... versions) {
        table.seen("greeter", List.of(versions));
    }

    private List<String> told() {
        List<String> since = List.copyOf(changes);
        changes.clear();
        return since;
    }

    @Test
    void turnsAnswersIntoChanges() {
        seen(version("1", "a:1", "b:1"), version("2", "c:1"));
        assertThat(told()).containsExactly("CREATE 1 a a:1", "CREATE 1 b b:1", "CREATE 2 c c:1");
        seen(version("1", "b:2", "a:1"));
        assertThat(told()).containsExactly("DELETE 2 c c:1", "UPDATE 1 b b:2");
        assertThat(table.get("greeter")).containsExactly(version("1", "a:1", "b:2"));
        seen();
        assertThat(told()).containsExactly("DELETE 1 a a:1", "DELETE 1 b b:2");
        assertThat(table.names()).isEmpty();
    }

    @Test
    void tellsNothingOfTheSameAnswer() {
        seen(version("1", "a:1"));
        told();
        seen(version("1", "a:1"));
        assertThat(told()).isEmpty();
    }

    @Test
    void keepsWhatABackendForgotUntilTheGraceIsOver() {
        seen(version("1", "a:1", "b:1"));
        told();
        table.interrupted();
        seen();
        timers.advance(GRACE.minusNanos(1));
        assertThat(told()).isEmpty();
        assertThat(table.get("greeter")).containsExactly(version("1", "a:1", "b:1"));
        timers.advance(Duration.ofNanos(1));
        assertThat(told()).containsExactly("DELETE 1 a a:1", "DELETE 1 b b:1");
        assertThat(table.names()).isEmpty();
    }

    @Test
    void tellsOfALaterDeleteAtOnceOnceANodeWasSeenAgain() {
        seen(version("1", "a:1", "b:1"));
        table.interrupted();
        seen(version("1", "a:1"));
        told();
        seen();
        assertThat(told()).containsExactly("DELETE 1 a a:1");
        timers.advance(GRACE);
        assertThat(told()).containsExactly("DELETE 1 b b:1");
    }

    @Test
    void startsTheGraceAnewWithEachInterruption() {
        seen(version("1", "a:1"));
        table.interrupted();
        seen();
        timers.advance(Duration.ofSeconds(59));
        table.interrupted();
        told();
        timers.advance(Duration.ofSeconds(59));
        assertThat(told()).isEmpty();
        timers.advance(Duration.ofSeconds(1));
        assertThat(told()).containsExactly("DELETE 1 a a:1");
    }

    @Test
    void keepsWhatIsMissingNoLongerThanTwiceTheGraceHoweverOftenTheBackendIsAway() {
        seen(version("1", "a:1", "b:1"));
        told();
        table.interrupted();
        seen(version("1", "b:1"));
        for (int cut = 1; cut < 6; cut++) {
            timers.advance(Duration.ofSeconds(20));
            table.interrupted();
            seen(version("1", "b:1"));
            assertThat(told()).as("cut " + cut).isEmpty();
        }
        timers.advance(Duration.ofSeconds(20));
        assertThat(told()).containsExactly("DELETE 1 a a:1");
    }

    @Test
    void holdsNothingThatIsConfirmed() {
        seen(version("1", "a:1", "b:1"));
        told();
        table.interrupted();
        table.confirmed("greeter");
        table.confirmed("other");
        seen(version("1", "a:1"));
        assertThat(told()).containsExactly("DELETE 1 b b:1");
    }

    @Test
    void goesOnHoldingWhatIsMissingThoughTheServiceIsConfirmed() {
        seen(version("1", "a:1", "b:1"));
        table.interrupted();
        seen(version("1", "a:1"));
        told();
        table.interrupted();
        table.confirmed("greeter");
        seen(version("1", "a:1"));
        assertThat(told()).isEmpty();
        timers.advance(GRACE);
        assertThat(told()).containsExactly("DELETE 1 b b:1");
    }

    @Test
    void keepsNothingWithoutGrace() {
        List<RegistryChange> seen = new ArrayList<>();
        ServiceTable strict = new ServiceTable(Duration.ZERO, timers, seen::add);
        strict.seen("greeter", List.of(version("1", "a:1")));
        strict.interrupted();
        strict.seen("greeter", List.of());
        assertThat(seen).hasSize(2);
        assertThat(strict.get("greeter")).isEmpty();
    }

    @Test
    void takesSingleChanges() {
        table.changed(new RegistryChange(RegistryChange.Action.CREATE, version("1", "a:1", "b:1")));
        table.changed(new RegistryChange(RegistryChange.Action.UPDATE, version("1", "a:1", "b:2")));
        assertThat(told()).containsExactly("CREATE 1 a a:1", "CREATE 1 b b:1", "UPDATE 1 b b:2");
        table.changed(new RegistryChange(RegistryChange.Action.DELETE, version("1", "b:9", "c:1")));
        assertThat(told()).containsExactly("DELETE 1 b b:2");
        table.changed(new RegistryChange(RegistryChange.Action.DELETE, version("1")));
        assertThat(told()).containsExactly("DELETE 1 a a:1");
        assertThat(table.names()).isEmpty();
    }

    @Test
    void believesADeleteThatIsToldInTheGrace() {
        seen(version("1", "a:1"));
        table.interrupted();
        told();
        table.changed(new RegistryChange(RegistryChange.Action.DELETE, version("1", "a:1")));
        assertThat(told()).containsExactly("DELETE 1 a a:1");
    }
}
