package dev.vertxmicro.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeTableTest {
    private final List<String> heard = new ArrayList<>();
    private final NodeTable table = new NodeTable(change ->
            heard.add(change.action() + " " + change.service().nodes().get(0).id() + " "
                    + change.service().nodes().get(0).address()));

    private static ServiceInfo service(String version, String... nodes) {
        return new ServiceInfo(
                "greeter",
                version,
                Map.of(),
                List.of(),
                List.of(nodes).stream()
                        .map(node -> new Node(node.substring(0, 1), "h:" + node.substring(1), Map.of()))
                        .toList());
    }

    private void change(Action action, ServiceInfo service) {
        table.changed(new RegistryChange(action, service));
    }

    @Test
    void joinsWatchAndLookUp() {
        change(Action.CREATE, service("1", "a1"));
        table.found(List.of(service("1", "a1", "b1")));
        table.loaded();
        change(Action.UPDATE, service("1", "b2"));
        change(Action.DELETE, service("1", "a1"));
        assertThat(heard).containsExactly("CREATE a h:1", "CREATE b h:1", "UPDATE b h:2", "DELETE a h:1");
        assertThat(table.all()).containsExactly(service("1", "b2"));
    }

    @Test
    void believesTheWatchMoreThanAnOlderLookUp() {
        change(Action.CREATE, service("1", "a1"));
        change(Action.DELETE, service("1", "a1"));
        change(Action.UPDATE, service("1", "b2"));
        change(Action.DELETE, service("2"));
        table.found(List.of(service("1", "a1", "b1", "c1"), service("2", "d1")));
        assertThat(table.all()).containsExactly(service("1", "b2"), service("1", "c1"));
        assertThat(heard).containsExactly("CREATE a h:1", "DELETE a h:1", "CREATE b h:2", "CREATE c h:1");
    }

    @Test
    void dropsAVersionThatIsDeletedWithoutNodes() {
        table.found(List.of(service("1", "a1", "b1"), service("2", "c1")));
        table.loaded();
        change(Action.DELETE, service("1"));
        assertThat(table.all()).containsExactly(service("2", "c1"));
    }

    @Test
    void tellsNothingTwice() {
        table.found(List.of(service("1", "a1")));
        table.loaded();
        change(Action.CREATE, service("1", "a1"));
        change(Action.DELETE, service("1", "x1"));
        assertThat(heard).containsExactly("CREATE a h:1");
    }
}
