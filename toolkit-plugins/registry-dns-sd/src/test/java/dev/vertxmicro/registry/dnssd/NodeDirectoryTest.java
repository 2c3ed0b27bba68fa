package dev.vertxmicro.registry.dnssd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeDirectoryTest {
    private final List<RegistryChange> changes = new ArrayList<>();
    private final NodeDirectory directory = new NodeDirectory(changes::add);

    private static ServiceInfo service(String name, String version, String id, int port) {
        Node node = new Node(id, "10.0.0.1:" + port, Map.of());
        return new ServiceInfo(name, version, Map.of(), List.of(), List.of(node));
    }

    @Test
    void tellsAMoveToAnotherInstanceAsOneUpdate() {
        directory.put("a", service("foo", "1", "n", 1));
        directory.put("a (2)", service("foo", "1", "n", 2));
        directory.remove("a");
        assertThat(changes)
                .containsExactly(
                        new RegistryChange(Action.CREATE, service("foo", "1", "n", 1)),
                        new RegistryChange(Action.UPDATE, service("foo", "1", "n", 2)));
        assertThat(directory.find("foo")).containsExactly(service("foo", "1", "n", 2));
        directory.remove("a (2)");
        assertThat(directory.find("foo")).isEmpty();
        assertThat(directory.names()).isEmpty();
    }

    @Test
    void tellsNobodyOfWhatIsTheSame() {
        directory.put("a", service("foo", "1", "n", 1));
        directory.put("a", service("foo", "1", "n", 1));
        directory.remove("b");
        assertThat(changes).hasSize(1);
    }

    @Test
    void tellsAnotherVersionOrNodeAsGoneAndNew() {
        directory.put("a", service("foo", "1", "n", 1));
        directory.put("a", service("foo", "2", "n", 1));
        directory.put("a", service("foo", "2", "m", 1));
        assertThat(changes)
                .extracting(RegistryChange::action)
                .containsExactly(Action.CREATE, Action.DELETE, Action.CREATE, Action.DELETE, Action.CREATE);
        assertThat(directory.find("foo")).containsExactly(service("foo", "2", "m", 1));
    }

    @Test
    void keepsABoundedNumberOfInstances() {
        for (int i = 0; i < NodeDirectory.MAX_INSTANCES + 5; i++) {
            directory.put("a" + i, service("foo", "1", "n" + i, 1));
        }
        assertThat(directory.find("foo").get(0).nodes()).hasSize(NodeDirectory.MAX_INSTANCES);
        directory.put("a0", service("foo", "1", "n0", 2));
        assertThat(changes.get(changes.size() - 1).action()).isEqualTo(Action.UPDATE);
    }
}
