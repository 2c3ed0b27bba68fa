package dev.vertxmicro.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.descriptor.BridgeOptions.ToBroker;
import dev.vertxmicro.descriptor.BridgeOptions.ToBus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BridgeOptionsTest {

    private static List<BridgeOptions> parse(String... bridges) {
        JsonArray all = new JsonArray();
        for (String bridge : bridges) {
            all.add(new JsonObject(bridge));
        }
        return ServiceDescriptor.parse(new JsonObject().put("bridges", all)).bridges();
    }

    @Test
    void defaults() {
        assertThat(ServiceDescriptor.parse(new JsonObject()).bridges()).isEmpty();
        assertThat(parse("{\"to\":\"bus\",\"topic\":\"a\"}")).containsExactly(ToBus.of("a"));
        assertThat(ToBus.of("a"))
                .isEqualTo(new ToBus(
                        "a",
                        Optional.empty(),
                        false,
                        Duration.ofSeconds(30),
                        "",
                        SubscribeOptions.DEFAULTS.withMaxAttempts(10).withHandlerTimeout(Duration.ZERO)));
        assertThat(ToBus.of("a/#").target("a/b")).isEqualTo("micro.topic/a/b");
    }

    @Test
    void readsEachComponent() throws ReflectiveOperationException {
        ToBus changed = new ToBus(
                "a/#",
                Optional.of("here"),
                true,
                Duration.ofSeconds(1),
                "application/json",
                new SubscribeOptions(
                        Optional.of("q"),
                        true,
                        3,
                        Duration.ofMillis(4),
                        Duration.ofMillis(5),
                        Optional.of("dead"),
                        6,
                        Duration.ZERO));
        assertThat(parse("{\"to\":\"bus\",\"topic\":\"a/#\",\"address\":\"here\",\"queue\":\"q\",\"ack\":true,"
                        + "\"timeout\":\"1s\",\"contentType\":\"application/json\",\"maxAttempts\":3,"
                        + "\"redeliveryDelay\":\"4ms\",\"maxRedeliveryDelay\":\"5ms\",\"deadLetter\":\"dead\","
                        + "\"bufferMessages\":6}"))
                .containsExactly(changed);
        for (RecordComponent component : ToBus.class.getRecordComponents()) {
            assertThat(component.getAccessor().invoke(changed))
                    .as(component.getName())
                    .isNotEqualTo(component.getAccessor().invoke(ToBus.of("a")));
        }
        assertThat(changed.target("a/b")).isEqualTo("here");
        assertThat(parse("{\"to\":\"broker\",\"address\":\"a\",\"topic\":\"t\"}"))
                .containsExactly(new ToBroker("a", "t"));
    }

    @Test
    void tellsApartWhatIsBridged() {
        assertThat(parse(
                                "{\"to\":\"bus\",\"topic\":\"a\"}",
                                "{\"to\":\"bus\",\"topic\":\"a\",\"queue\":\"q\"}",
                                "{\"to\":\"bus\",\"topic\":\"a\",\"address\":\"x\"}",
                                "{\"to\":\"broker\",\"topic\":\"a\",\"address\":\"x\"}")
                        .stream()
                        .map(BridgeOptions::name))
                .containsExactly(
                        "topic a to micro.topic/",
                        "topic a to micro.topic/ of queue q",
                        "topic a to x",
                        "address x to a");
    }

    @Test
    void refusesWhatMakesNoSenseWithItsPath() {
        refuses("$.bridges[0].to: absent (expected: bus | broker)", "{\"topic\":\"a\"}");
        refuses("$.bridges[0].to: \"bust\" (expected: broker | bus; ", "{\"to\":\"bust\",\"topic\":\"a\"}");
        refuses("$.bridges[0].topic: empty (expected: a name)", "{\"to\":\"bus\"}");
        refuses("$.bridges[0].topic: empty (expected: a name)", "{\"to\":\"broker\",\"address\":\"a\"}");
        refuses(
                "$.bridges[0].address: empty (expected: an address of the event bus)",
                "{\"to\":\"broker\",\"topic\":\"a\"}");
        refuses("$.bridges[0].ack: unknown key", "{\"to\":\"broker\",\"topic\":\"a\",\"address\":\"x\",\"ack\":true}");
        refuses(
                "$.bridges[0].timeout: 0 (expected: >= 1ms)",
                "{\"to\":\"bus\",\"topic\":\"a\",\"ack\":true,\"timeout\":\"0\"}");
        refuses(
                "$.bridges[0].deadLetter: a (expected: ",
                "{\"to\":\"bus\",\"topic\":\"a\",\"ack\":true,\"deadLetter\":\"a\"}");
        refuses(
                "$.bridges[0].maxAttempts: 0 (expected: >= 1)",
                "{\"to\":\"bus\",\"topic\":\"a\",\"ack\":true,\"maxAttempts\":0}");
        refuses(
                "$.bridges[1]: topic a to micro.topic/ (expected: once)",
                "{\"to\":\"bus\",\"topic\":\"a\"}",
                "{\"to\":\"bus\",\"topic\":\"a\",\"ack\":true}");
    }

    @Test
    void refusesWhatMeansNothingWithoutAcknowledgement() {
        for (String key : BridgeOptions.WITH_ACK) {
            String value = key.equals("maxAttempts") ? "3" : key.equals("deadLetter") ? "\"dead\"" : "\"1s\"";
            String bridge = "{\"to\":\"bus\",\"topic\":\"a\",\"" + key + "\":" + value + "}";
            refuses("$.bridges[0]." + key + ": given, but \"ack\" is false (expected: \"ack\": true beside it", bridge);
            assertThat(parse(bridge.replace("}", ",\"ack\":true}"))).hasSize(1);
        }
    }

    @Test
    void letsTheLongestPauseFollowTheFirst() {
        ToBus bridge = (ToBus) parse("{\"to\":\"bus\",\"topic\":\"a\",\"ack\":true,\"redeliveryDelay\":\"20s\"}")
                .get(0);
        assertThat(bridge.subscription().maxRedeliveryDelay()).isEqualTo(Duration.ofSeconds(20));
    }

    private static void refuses(String message, String... bridges) {
        assertThatThrownBy(() -> parse(bridges)).hasMessageStartingWith(message);
    }
}
