package dev.vertxmicro.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.descriptor.ServiceDescriptor;
import dev.vertxmicro.launcher.overlay.ConfigFile;
import dev.vertxmicro.launcher.overlay.Overlay;
import dev.vertxmicro.launcher.plan.Plan;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a descriptor: no secret in it is ever shown. */
class SecretsTest {
    private static final String SECRET = "7712345677123456";
    private static final Pattern LIKE_A_SECRET =
            Pattern.compile("(?i).*(password|passphrase|token|secret|credential)(?!File$).*");

    private static JsonObject schema() throws IOException {
        return new JsonObject(Files.readString(Path.of("..", "conf", "schema", "service.schema.json")));
    }

    /** Finds the keys that the schema marks, and holds that it marks those that are named like secrets. */
    private static List<List<String>> secrets(JsonObject schema, List<String> path) {
        List<List<String>> found = new ArrayList<>();
        for (Map.Entry<String, Object> entry : schema.getJsonObject("properties", new JsonObject())) {
            JsonObject property = (JsonObject) entry.getValue();
            List<String> inner = new ArrayList<>(path);
            inner.add(entry.getKey());
            boolean marked = property.getBoolean("writeOnly", false);
            assertThat(marked)
                    .as("writeOnly of %s", inner)
                    .isEqualTo(LIKE_A_SECRET.matcher(entry.getKey()).matches());
            if (marked) {
                found.add(inner);
            }
            found.addAll(secrets(property, inner));
        }
        return found;
    }

    static Stream<List<String>> secrets() throws IOException {
        return secrets(schema(), List.of()).stream();
    }

    @Test
    void knowsTheSecretsOfTheDescriptor() throws IOException {
        assertThat(secrets()).contains(List.of("registry", "consul", "token"), List.of("broker", "mqtt", "password"));
    }

    private static List<Object> wrong() {
        return List.of(
                7712345677123456L,
                7.7123456e7,
                new JsonArray().add(SECRET),
                new JsonArray().add(new JsonArray().add(SECRET)),
                new JsonObject().put("a", SECRET),
                new JsonArray().add(new JsonObject().put("a", SECRET)));
    }

    /** Makes descriptors with the value at the key, and at each section above it. */
    private static List<JsonObject> descriptors(List<String> path, Object value) {
        List<JsonObject> made = new ArrayList<>();
        for (int depth = 1; depth <= path.size(); depth++) {
            Object inner = value;
            for (int i = depth - 1; i >= 0; i--) {
                JsonObject around = new JsonObject().put(path.get(i), inner);
                if (i == 1 && path.get(0).matches("registry|broker|transport")) {
                    around.put("type", path.get(1));
                }
                inner = around;
            }
            made.add((JsonObject) inner);
        }
        return made;
    }

    private static String refusal(JsonObject descriptor) {
        ConfigFile file = new ConfigFile("x.json", descriptor);
        assertThat(file.toString()).doesNotContain(SECRET);
        Throwable refusal = catchThrowable(() -> Plan.of(
                PatientVerticle.class.getName(),
                file,
                new DeploymentOptions(),
                Overlay.of(
                        Map.of(),
                        Map.of("MICRO_BROKER_ADDRESS", "127.0.0.1:1", "MICRO_REGISTRY_ADDRESS", "224.0.0.251:5353")),
                SecretsTest.class.getClassLoader()));
        assertThat(refusal).as("refusal of %s", descriptor).isInstanceOf(LaunchException.class);
        StringWriter all = new StringWriter();
        refusal.printStackTrace(new PrintWriter(all));
        return all.toString();
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void showsNoSecretOfTheWrongKind(List<String> path) {
        try (RecordedLogs logs = RecordedLogs.ofAll()) {
            for (Object value : wrong()) {
                for (JsonObject descriptor : descriptors(path, value)) {
                    assertThat(refusal(descriptor)).doesNotContain(SECRET, "7.71");
                }
            }
            List<JsonObject> texts = descriptors(path, SECRET);
            for (JsonObject text : texts.subList(0, texts.size() - 1)) {
                assertThat(refusal(text)).doesNotContain(SECRET);
            }
            assertThat(logs.all()).noneMatch(line -> line.contains(SECRET));
        }
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void showsNoSecretOfAKeyThatIsMisspelt(List<String> path) {
        List<String> misspelt = new ArrayList<>(path);
        misspelt.set(misspelt.size() - 1, path.get(path.size() - 1) + "s");
        List<JsonObject> texts = descriptors(misspelt, SECRET);
        assertThat(refusal(texts.get(texts.size() - 1)))
                .doesNotContain(SECRET)
                .contains("nearest known: " + path.get(path.size() - 1));
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void showsNoSecretThatIsRight(List<String> path) {
        List<JsonObject> texts = descriptors(path, SECRET);
        JsonObject descriptor = texts.get(texts.size() - 1).put("app", new JsonObject().put("database", SECRET));
        if (path.contains("password")) {
            String user = path.contains("mqtt") ? "username" : "user";
            descriptor.getJsonObject(path.get(0)).getJsonObject(path.get(1)).put(user, "davie");
        }
        assertThat(ServiceDescriptor.parse(descriptor).toString()).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"password\": hunter7712345677123456}",
                "{\"password\": 7712345677123456x}",
                "{\"password\": \"7712345677123456}",
                "[{\"password\": \"7712345677123456\"}]",
                "\"password\": \"7712345677123456\""
            })
    void showsNoSecretOfWhatIsNoJson(String text) {
        assertThatThrownBy(() -> ConfigFile.read(text))
                .isInstanceOf(LaunchException.class)
                .hasMessageNotContaining(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqtt", "consul"})
    void showsNoUserOfAnAddress(String type) {
        for (String address : List.of(
                "tcp://davie:7712345677123456@host:1883",
                "davie:7712345677123456@host",
                "nats://davie:7712345677123456@host",
                "davie:7712345677123456@host:x")) {
            String section = type.equals("mqtt") ? "broker" : "registry";
            JsonObject descriptor = new JsonObject()
                    .put(
                            section,
                            new JsonObject().put("type", type).put(type, new JsonObject().put("address", address)));
            Throwable inFile = catchThrowable(() -> ServiceDescriptor.parse(descriptor));
            assertThat(inFile).as(address).hasMessageContaining("@host").hasMessageNotContaining(SECRET);
            Map<String, List<String>> flags = Map.of(section, List.of(type), section + "_address", List.of(address));
            Throwable typed = catchThrowable(() -> Plan.of(
                    PatientVerticle.class.getName(),
                    new ConfigFile("x.json", new JsonObject()),
                    new DeploymentOptions(),
                    Overlay.of(flags, Map.of()),
                    SecretsTest.class.getClassLoader()));
            assertThat(typed)
                    .hasMessageContaining("--" + section + "_address: ")
                    .hasMessageNotContaining(SECRET);
        }
    }
}
