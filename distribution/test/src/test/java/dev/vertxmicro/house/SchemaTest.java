package dev.vertxmicro.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.bridge.BridgeVerticle;
import dev.vertxmicro.bridge.BusBridgeOptions;
import dev.vertxmicro.descriptor.ServiceDescriptor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaTest {
    private static final Path CONF = Path.of("..", "..", "conf");

    private static final String BRIDGE = BridgeVerticle.class.getName();

    static Stream<JsonObject> descriptors() throws IOException {
        return configurations(false);
    }

    static Stream<JsonObject> bridges() throws IOException {
        return configurations(true);
    }

    private static Stream<JsonObject> configurations(boolean bridges) throws IOException {
        List<JsonObject> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(CONF)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".json")).toList()) {
                JsonObject json = new JsonObject(Files.readString(file));
                if (json.containsKey("verticles") || json.containsKey("nodes")) {
                    found.addAll(configs(json, bridges));
                    json.getJsonObject("nodes", new JsonObject())
                            .forEach(node -> found.addAll(configs((JsonObject) node.getValue(), bridges)));
                } else if (!bridges) {
                    found.add(json.containsKey("main") ? config(json) : json);
                }
            }
        }
        return found.stream();
    }

    private static List<JsonObject> configs(JsonObject list, boolean bridges) {
        return list.getJsonArray("verticles", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .filter(verticle -> BRIDGE.equals(verticle.getString("main")) == bridges)
                .map(SchemaTest::config)
                .toList();
    }

    private static JsonObject config(JsonObject verticle) {
        return verticle.getJsonObject("options", new JsonObject()).getJsonObject("config", new JsonObject());
    }

    @ParameterizedTest
    @MethodSource("descriptors")
    void everyConfigurationParsesAndMatchesTheSchema(JsonObject descriptor) {
        assertThat(ServiceDescriptor.parse(descriptor).server().name()).isNotEmpty();
        assertThat(Schema.read().problems(descriptor)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("bridges")
    void everyConfigurationOfABridgeParsesAndMatchesItsSchema(JsonObject config) {
        assertThat(BusBridgeOptions.parse(config).allow()).isNotEmpty();
        assertThat(Schema.read("bridge").problems(config)).isEmpty();
    }
}
