package dev.vertxmicro.cli.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceTextTest {
    private static final LocalTime TIME = LocalTime.of(9, 5, 3, 7_000_000);

    @Test
    void writesALineForEachNodeOfAChange() {
        ServiceInfo service = new ServiceInfo(
                "greeter",
                "",
                Map.of(),
                List.of(),
                List.of(new Node("a", "[::1]:1", Map.of()), new Node("b", "h:2", Map.of())));
        assertThat(ServiceText.change(TIME, new RegistryChange(Action.UPDATE, service)))
                .containsExactly(
                        "09:05:03.007  update  greeter  -  a  [::1]:1", "09:05:03.007  update  greeter  -  b  h:2");
        assertThat(ServiceText.change(TIME, new RegistryChange(Action.DELETE, service.withNodes(List.of()))))
                .containsExactly("09:05:03.007  delete  greeter  -  all nodes");
    }

    @Test
    void describesMetadataOfAServiceAndNodesById() {
        ServiceInfo service = new ServiceInfo(
                "greeter",
                "1",
                Map.of("team", "blue"),
                List.of(),
                List.of(new Node("b", "h:20", Map.of()), new Node("a", "h:2", Map.of("x", "y"))));
        assertThat(ServiceText.describe("greeter", "", List.of(service)))
                .isEqualTo(
                        """
                        service  greeter

                        version  1
                        metadata  team=blue

                        ID  Address  Metadata
                        a   h:2      x=y
                        b   h:20
                        """);
    }
}
