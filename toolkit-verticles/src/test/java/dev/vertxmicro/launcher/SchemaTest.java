package dev.vertxmicro.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vertxmicro.config.ConfigException;
import dev.vertxmicro.descriptor.ServiceDescriptor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaTest {
    private static final Path CONF = Path.of("..", "conf");
    private static final String UNKNOWN = "a-key-that-resembles-none-of-those-known-to-the-parser";

    static Stream<JsonObject> descriptors() throws IOException {
        List<JsonObject> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(CONF)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".json")).toList()) {
                JsonObject json = new JsonObject(Files.readString(file));
                if (json.containsKey("verticles")) {
                    json.getJsonArray("verticles").forEach(verticle -> found.add(config((JsonObject) verticle)));
                } else {
                    found.add(json.containsKey("main") ? config(json) : json);
                }
            }
        }
        return found.stream();
    }

    private static JsonObject config(JsonObject verticle) {
        return verticle.getJsonObject("options", new JsonObject()).getJsonObject("config", new JsonObject());
    }

    private static JsonObject schema() throws IOException {
        return new JsonObject(Files.readString(CONF.resolve("schema").resolve("service.schema.json")));
    }

    @ParameterizedTest
    @MethodSource("descriptors")
    void everyConfigurationParsesAndMatchesTheSchema(JsonObject descriptor) throws IOException {
        assertThat(ServiceDescriptor.parse(descriptor).server().name()).isNotEmpty();
        assertThat(problems(schema(), descriptor, "$")).isEmpty();
    }

    private static List<String> problems(JsonObject schema, Object value, String path) {
        List<String> problems = new ArrayList<>();
        if (value instanceof JsonObject object) {
            JsonObject properties = schema.getJsonObject("properties", new JsonObject());
            object.forEach(entry -> {
                String at = path + "." + entry.getKey();
                if (properties.containsKey(entry.getKey())) {
                    problems.addAll(problems(properties.getJsonObject(entry.getKey()), entry.getValue(), at));
                } else if (Boolean.FALSE.equals(schema.getValue("additionalProperties"))) {
                    problems.add(at + " is not in the schema");
                }
            });
        }
        if (value instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                problems.addAll(problems(schema.getJsonObject("items"), array.getValue(i), path + "[" + i + "]"));
            }
        }
        if (!schema.getString("type").equals(typeOf(value))) {
            problems.add(path + ": " + value + " (expected: " + schema.getString("type") + ")");
        }
        JsonArray choices = schema.getJsonArray("enum");
        if (choices != null && !choices.contains(value)) {
            problems.add(path + ": " + value + " (expected: " + choices + ")");
        }
        return problems;
    }

    private static String typeOf(Object value) {
        if (value instanceof JsonObject) {
            return "object";
        }
        if (value instanceof JsonArray) {
            return "array";
        }
        if (value instanceof Boolean) {
            return "boolean";
        }
        return value instanceof Number ? "integer" : "string";
    }

    @Test
    void listsExactlyTheKeysThatTheParserKnows() throws IOException {
        compare(schema(), List.of());
    }

    /** Asks the parser for its keys by an unknown one, section by section. */
    private static void compare(JsonObject schema, List<String> path) {
        JsonObject descriptor = new JsonObject();
        JsonObject innermost = descriptor;
        for (String key : path) {
            JsonObject next = new JsonObject();
            innermost.put(key, next);
            innermost = next;
        }
        innermost.put(UNKNOWN, true);
        Set<String> parser = known(descriptor);
        JsonObject properties = schema.getJsonObject("properties");
        Set<String> listed = new TreeSet<>(properties.fieldNames());
        listed.remove("$schema");
        assertThat(listed).as("keys of $%s", path).isEqualTo(parser);
        properties.forEach(entry -> {
            JsonObject property = (JsonObject) entry.getValue();
            if (property.containsKey("properties")) {
                List<String> inner = new ArrayList<>(path);
                inner.add(entry.getKey());
                compare(property, inner);
            }
        });
    }

    @Test
    void listsExactlyTheKeysOfABridge() throws IOException {
        JsonObject bridge =
                new JsonObject().put("to", "bus").put("topic", "news").put(UNKNOWN, true);
        JsonObject items =
                schema().getJsonObject("properties").getJsonObject("bridges").getJsonObject("items");
        assertThat(items.getJsonObject("properties").fieldNames())
                .containsExactlyInAnyOrderElementsOf(
                        known(new JsonObject().put("bridges", new JsonArray().add(bridge))));
    }

    /** Reads the keys that the parser names when it meets one that it does not know. */
    private static Set<String> known(JsonObject descriptor) {
        ConfigException refusal =
                catchThrowableOfType(ConfigException.class, () -> ServiceDescriptor.parse(descriptor));
        String message = String.valueOf(refusal.getMessage());
        String list = message.substring(message.indexOf("known: ") + "known: ".length(), message.length() - 1);
        return new TreeSet<>(list.isEmpty() ? List.of() : Arrays.asList(list.split(", ")));
    }
}
