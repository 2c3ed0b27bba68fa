package dev.vertxmicro.registry.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceFeedTest {
    private final List<String> told = new ArrayList<>();
    private final ServiceTable table = new ServiceTable(
            Duration.ZERO,
            Timers.manual(),
            change -> told.add(
                    change.action() + " " + change.service().nodes().get(0).address()));
    private final ServiceFeed feed = new ServiceFeed(table);

    private static ServiceInfo greeter(String... addresses) {
        List<Node> nodes = List.of(addresses).stream()
                .map(address -> new Node(address.substring(0, 1), address, Map.of()))
                .toList();
        return new ServiceInfo("greeter", "1", Map.of(), List.of(), nodes);
    }

    private static RegistryChange change(Action action, String... addresses) {
        return new RegistryChange(action, greeter(addresses));
    }

    @Test
    void tellsChangesAtOnceWhenNothingWasAsked() {
        feed.changed(change(Action.CREATE, "a:1"));
        feed.changed(change(Action.CREATE, "a:1"));
        feed.changed(change(Action.UPDATE, "a:2"));
        feed.changed(change(Action.DELETE, "a:2"));
        assertThat(told).containsExactly("CREATE a:1", "UPDATE a:2", "DELETE a:2");
    }

    @Test
    void keepsWhatOvertookAnOlderAnswer() {
        feed.changed(change(Action.CREATE, "a:1"));
        feed.asking();
        feed.changed(change(Action.CREATE, "b:1"));
        feed.changed(change(Action.DELETE, "a:1"));
        feed.answered("greeter", List.of(greeter("a:1")));
        assertThat(told).containsExactly("CREATE a:1");
        feed.asked();
        assertThat(told).containsExactly("CREATE a:1", "CREATE b:1", "DELETE a:1");
    }

    @Test
    void waitsForTheLastOfSeveralQuestions() {
        feed.asking();
        feed.asking();
        feed.changed(change(Action.CREATE, "a:1"));
        feed.asked();
        assertThat(told).isEmpty();
        feed.asked();
        assertThat(told).containsExactly("CREATE a:1");
    }

    @Test
    void tellsOnlyTheLastOfWhatBecameOfANodeMeanwhile() {
        feed.asking();
        feed.changed(change(Action.CREATE, "a:1"));
        feed.changed(change(Action.DELETE, "a:1"));
        feed.changed(change(Action.CREATE, "b:1", "c:1"));
        feed.changed(change(Action.UPDATE, "b:2"));
        feed.asked();
        assertThat(told).containsExactly("CREATE c:1", "CREATE b:2");
    }

    @Test
    void leavesOutWhatANumberedAnswerKnewAlready() {
        feed.asking();
        feed.changed(change(Action.CREATE, "a:1"), 4);
        feed.changed(change(Action.CREATE, "b:1"), 6);
        feed.answered("greeter", List.of(greeter("c:1")), 5);
        feed.asked();
        feed.changed(change(Action.CREATE, "d:1"), 5);
        assertThat(told).containsExactly("CREATE c:1", "CREATE b:1");
        feed.renumber();
        feed.changed(change(Action.CREATE, "d:1"), 1);
        assertThat(told).endsWith("CREATE d:1");
    }

    @Test
    void dropsAVersionThatIsDeletedWithoutNodes() {
        feed.changed(change(Action.CREATE, "a:1", "b:1"));
        told.clear();
        feed.asking();
        feed.changed(change(Action.CREATE, "c:1"));
        feed.changed(change(Action.DELETE));
        feed.asked();
        assertThat(told).containsExactly("DELETE a:1", "DELETE b:1");
        feed.changed(change(Action.CREATE, "a:1"));
        feed.changed(change(Action.DELETE));
        assertThat(told).endsWith("DELETE a:1");
        assertThat(table.names()).isEmpty();
    }
}
