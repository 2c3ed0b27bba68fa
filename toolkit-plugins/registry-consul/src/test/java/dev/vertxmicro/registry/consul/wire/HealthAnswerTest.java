package dev.vertxmicro.registry.consul.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthAnswerTest {

    private static JsonObject entry(String consulNode, String id, String status, long index, String... tags) {
        return new JsonObject()
                .put("Node", new JsonObject().put("Node", consulNode).put("Address", "10.0.0.9"))
                .put(
                        "Service",
                        new JsonObject()
                                .put("ID", id)
                                .put("Service", "greeter")
                                .put("Tags", new JsonArray(List.of(tags)))
                                .put("Meta", new JsonObject().put("team", "red"))
                                .put("Address", "10.0.0.1")
                                .put("Port", 80)
                                .put("ModifyIndex", index))
                .put(
                        "Checks",
                        new JsonArray()
                                .add(new JsonObject().put("Status", "passing"))
                                .add(new JsonObject().put("Status", status)));
    }

    private static List<ServiceInfo> read(JsonObject... entries) {
        return HealthAnswer.read("greeter", new JsonArray(List.of((Object[]) entries)).toBuffer());
    }

    private static Node node(String id, Map<String, String> metadata) {
        return new Node(id, "10.0.0.1:80", metadata);
    }

    @Test
    void groupsNodesByVersion() {
        assertThat(read(
                        entry("a", "n3", "passing", 1, "v=2", "t={\"zone\":\"x\"}"),
                        entry("a", "n2", "warning", 1, "v=1"),
                        entry("b", "n1", "passing", 1, "v=1")))
                .containsExactly(
                        new ServiceInfo(
                                "greeter",
                                "1",
                                Map.of(),
                                List.of(),
                                List.of(node("n1", Map.of()), node("n2", Map.of()))),
                        new ServiceInfo("greeter", "2", Map.of(), List.of(), List.of(node("n3", Map.of("zone", "x")))));
    }

    @Test
    void leavesOutCriticalNodesAndOtherServices() {
        JsonObject named = entry("a", "n2", "passing", 1, "v=1");
        named.getJsonObject("Service").put("Service", "greeter-proxy");
        assertThat(read(entry("a", "n1", "critical", 1, "v=1"), named)).isEmpty();
    }

    @Test
    void takesTheLaterOfTwoAgentsThatKnowANode() {
        assertThat(read(entry("a", "n1", "passing", 9, "v=2"), entry("b", "n1", "passing", 8, "v=1")))
                .extracting(ServiceInfo::version)
                .containsExactly("2");
    }

    @Test
    void readsServicesOfOthers() {
        assertThat(read(entry("a", "greeter", "passing", 1, "blue"), entry("b", "greeter", "passing", 1)))
                .containsExactly(new ServiceInfo(
                        "greeter",
                        "",
                        Map.of(),
                        List.of(),
                        List.of(node("a/greeter", Map.of("team", "red")), node("b/greeter", Map.of("team", "red")))));
    }

    @Test
    void takesTheAddressOfTheConsulNodeWhereThereIsNoOther() {
        JsonObject entry = entry("a", "n1", "passing", 1, "v=1");
        entry.getJsonObject("Service").put("Address", "");
        assertThat(read(entry).get(0).nodes().get(0).address()).isEqualTo("10.0.0.9:80");
    }

    @Test
    void readsAbsentListsAsEmpty() {
        JsonObject entry = entry("a", "n1", "passing", 1);
        entry.putNull("Checks").getJsonObject("Service").putNull("Tags").putNull("Meta");
        assertThat(read(entry).get(0).nodes()).containsExactly(node("a/n1", Map.of()));
    }
}
