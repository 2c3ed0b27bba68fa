package dev.vertxmicro.cli.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.command.CommandLine;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What publish and subscribe make of the descriptor of a service. */
class GuestAtBrokerTest {
    private static JsonObject completed(String mqtt, String... flags) {
        JsonObject descriptor = new JsonObject("{\"broker\":{\"mqtt\":" + mqtt + "}}");
        complete(descriptor, flags);
        return descriptor.getJsonObject("broker");
    }

    private static void complete(JsonObject descriptor, String... flags) {
        PublishCommand command = new PublishCommand();
        List<String> words = new ArrayList<>(List.of("topic", "{}"));
        words.addAll(List.of(flags));
        command.complete(CommandLine.parse(command.usage(), words), descriptor);
    }

    @Test
    void comesAsItselfAndNotAsTheServiceWhoseDescriptorItIs() {
        JsonObject broker = completed(
                "{\"address\":\"a:1\",\"clientId\":\"me\",\"cleanSession\":false,\"sessionExpiry\":\"1m\",\"will\":{\"topic\":\"a\"}}");
        assertThat(broker.getJsonObject("mqtt"))
                .isEqualTo(new JsonObject().put("address", "a:1").put("cleanSession", true));
        assertThat(broker.getJsonObject("http")).isEqualTo(new JsonObject().put("mandatory", true));
    }

    @Test
    void givesTheBrokerTheTimeThatWasAskedFor() {
        JsonObject broker = completed("{\"publishTimeout\":\"1s\"}", "--timeout=9s");
        assertThat(broker.getJsonObject("http").getString("publishTimeout")).isEqualTo("9000ms");
        assertThat(broker.getJsonObject("eventbus").getString("timeout")).isEqualTo("9000ms");
        assertThat(broker.getJsonObject("mqtt").getString("publishTimeout")).isEqualTo("9000ms");
        assertThat(broker.getJsonObject("mqtt").getString("connectTimeout")).isEqualTo("9000ms");
    }

    @Test
    void leavesWhatIsNoSectionToTheParser() {
        JsonObject descriptor = new JsonObject().put("broker", "mqtt");
        complete(descriptor);
        assertThat(descriptor).isEqualTo(new JsonObject().put("broker", "mqtt"));
    }
}
