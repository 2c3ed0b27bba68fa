package dev.vertxmicro.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.config.Setting;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the JSON Schema and the tables of the pages to the options they are made of; {@code make reference} makes them anew. */
class ReferenceTest {
    private static final boolean WRITE = Boolean.getBoolean("reference.write");

    private final Path top = top(Path.of("").toAbsolutePath());

    private static Path top(Path folder) {
        return Files.exists(folder.resolve("mvnw")) ? folder : top(folder.getParent());
    }

    private Map<Path, String> generated() throws IOException {
        Map<Path, String> files = new TreeMap<>();
        KeyTables services = tables("service", EveryKey.settings(), files);
        KeyTables bridges = tables("bridge", BridgeKeys.settings(), files);
        Path folder = top.resolve("conf/schema");
        files.put(folder.resolve("topology.schema.json"), DescriptorSchema.text(TopologySchema.topology()));
        files.put(folder.resolve("service-file.schema.json"), DescriptorSchema.text(TopologySchema.serviceFile()));
        try (Stream<Path> pages = Files.list(top.resolve("docs"))) {
            for (Path page :
                    pages.filter(each -> each.toString().endsWith(".md")).toList()) {
                KeyTables tables = page.endsWith("bridge.md") ? bridges : services;
                files.put(page, tables.rewrite(Files.readString(page)));
            }
        }
        return files;
    }

    private KeyTables tables(String kind, List<Setting> settings, Map<Path, String> files) throws IOException {
        Sentences sentences = new Sentences(top);
        Path file = top.resolve("conf/schema/" + kind + ".schema.json");
        JsonObject schema = new DescriptorSchema(new JsonObject(Files.readString(file)), sentences).agreeWith(settings);
        files.put(file, DescriptorSchema.text(schema));
        return new KeyTables(schema, settings, sentences);
    }

    @Test
    void isWhatTheOptionsSay() throws IOException {
        for (Map.Entry<Path, String> file : generated().entrySet()) {
            if (WRITE) {
                Files.writeString(file.getKey(), file.getValue());
            }
            String there = Files.readString(file.getKey());
            List<String> other = new ArrayList<>(file.getValue().lines().toList());
            other.removeAll(there.lines().toList());
            assertThat(there.equals(file.getValue()))
                    .as(
                            "%s is not what the options say: run make reference, which writes%n%s",
                            top.relativize(file.getKey()), String.join("\n", other))
                    .isTrue();
        }
    }

    @Test
    void findsOutAllOfAKeyThatIsNew() throws IOException {
        JsonObject schema = new JsonObject(Files.readString(top.resolve("conf/schema/service.schema.json")));
        JsonObject without = schema.copy();
        List<String> keys = List.of(
                "$.client.requestTimeout",
                "$.client.retries",
                "$.selector.ejection.baseTime",
                "$.registry.consul.longPoll",
                "$.registry.consul.stale",
                "$.broker.eventbus.check",
                "$.broker.mqtt.maxMessageBytes",
                "$.transport.http.maxBufferedBytes");
        keys.forEach(path -> properties(without, path).remove(key(path)));
        JsonObject made = new DescriptorSchema(without, new Sentences(top)).agreeWith(EveryKey.settings());
        for (String path : keys) {
            assertThat(properties(made, path).getJsonObject(key(path)))
                    .as(path)
                    .isEqualTo(properties(schema, path).getJsonObject(key(path)));
        }
    }

    @Test
    void dropsAKeyThatNobodyReads() throws IOException {
        JsonObject schema = new JsonObject(Files.readString(top.resolve("conf/schema/service.schema.json")));
        properties(schema, "$.client.gone").put("gone", new JsonObject().put("type", "string"));
        JsonObject made = new DescriptorSchema(schema, new Sentences(top)).agreeWith(EveryKey.settings());
        assertThat(properties(made, "$.client.gone").fieldNames()).doesNotContain("gone");
    }

    private static JsonObject properties(JsonObject schema, String path) {
        return DescriptorSchema.at(schema, path.substring(0, path.lastIndexOf('.')))
                .getJsonObject("properties");
    }

    private static String key(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
