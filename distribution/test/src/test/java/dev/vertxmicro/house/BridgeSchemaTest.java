package dev.vertxmicro.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.bridge.BusBridgeOptions;
import dev.vertxmicro.config.ConfigException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the schema of bridges and the code that reads their configuration to each other. */
class BridgeSchemaTest {
    private static final Schema SCHEMA = Schema.read("bridge");

    /** Keys whose value must also fit that of another, or a file. */
    private static final Set<String> TOGETHER = Set.of(
            "$.jwt.algorithm",
            "$.jwt.secret",
            "$.jwt.publicKey",
            "$.allow[0].authority",
            "$.tcp.tls.certificate",
            "$.tcp.tls.key",
            "$.tcp.tls.clientAuth",
            "$.tcp.tls.crl",
            "$.tcp.tls.reload",
            "$.tcp.tls.verify",
            "$.web.tls.reload",
            "$.web.tls.verify",
            "$.web.tls.certificate",
            "$.web.tls.key",
            "$.web.tls.clientAuth",
            "$.web.tls.crl");

    private static final List<Object> VALUES = Arrays.asList(
            null,
            true,
            -1,
            0,
            1,
            255,
            256,
            1023,
            1024,
            1 << 30,
            (1 << 30) + 1,
            Integer.MAX_VALUE,
            3_000_000_000L,
            1.5,
            "",
            " ",
            "0",
            "1ns",
            "1ms",
            "24h",
            "25h",
            "5",
            "text",
            "/path",
            "/path/",
            "host:1",
            ":0",
            "localhost:99999",
            new JsonArray(),
            new JsonArray().add(1),
            new JsonArray().add("a"),
            new JsonArray().add("a/b"),
            new JsonArray().add("a/b/c"),
            new JsonArray().add("https://a.example"),
            new JsonArray().add("https://a.example/"),
            new JsonObject(),
            new JsonObject().put("a", 1));

    static Stream<String> keys() {
        return SCHEMA.byPath().keySet().stream()
                .filter(path -> !TOGETHER.contains(path) && !path.endsWith(".tls") && !path.endsWith(".trust"))
                .filter(path -> !Set.of("$.jwt", "$.allow", "$.$schema").contains(path));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void refuseTheSame(String path) {
        for (Object value : VALUES) {
            JsonObject config = config(path, value);
            boolean taken = SCHEMA.problems(config).isEmpty() || largePort(path, value);
            assertThat(isTaken(config)).as("%s: %s", path, value).isEqualTo(taken && !largePort(path, value));
        }
    }

    private static boolean largePort(String path, Object value) {
        return path.endsWith(".address") && "localhost:99999".equals(value);
    }

    private static boolean isTaken(JsonObject config) {
        try {
            BusBridgeOptions.parse(config.copy());
            return true;
        } catch (ConfigException e) {
            return String.valueOf(e.getMessage()).startsWith("$: nowhere to listen");
        }
    }

    private static JsonObject config(String path, Object value) {
        String[] keys = path.substring(2).split("\\.", -1);
        JsonObject root = new JsonObject();
        JsonObject parent = root;
        for (int i = 0; i < keys.length - 1; i++) {
            JsonObject next = new JsonObject();
            if (keys[i].endsWith("[0]")) {
                parent.put(keys[i].replace("[0]", ""), new JsonArray().add(next));
            } else {
                parent.put(keys[i], next);
            }
            parent = next;
        }
        if (path.startsWith("$.jwt.")) {
            parent.put("secret", "a secret that both sides of it know");
        }
        if (path.startsWith("$.allow[0].")) { // one that grants nothing is refused
            parent.put(path.endsWith(".publish") ? "subscribe" : "publish", new JsonArray().add("news"));
        }
        parent.put(keys[keys.length - 1], value);
        return root;
    }
}
