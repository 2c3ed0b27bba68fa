package dev.vertxmicro.house;

import static org.assertj.core.api.Assertions.assertThat;

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

    static Stream<JsonObject> descriptors() throws IOException {
        List<JsonObject> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(CONF)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".json")).toList()) {
                JsonObject json = new JsonObject(Files.readString(file));
                if (json.containsKey("verticles") || json.containsKey("nodes")) {
                    found.addAll(configs(json));
                    json.getJsonObject("nodes", new JsonObject())
                            .forEach(node -> found.addAll(configs((JsonObject) node.getValue())));
                } else {
                    found.add(json.containsKey("main") ? config(json) : json);
                }
            }
        }
        return found.stream();
    }

    private static List<JsonObject> configs(JsonObject list) {
        return list.getJsonArray("verticles", new JsonArray()).stream()
                .map(verticle -> config((JsonObject) verticle))
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
}
