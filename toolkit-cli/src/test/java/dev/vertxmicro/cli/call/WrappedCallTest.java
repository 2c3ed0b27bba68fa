package dev.vertxmicro.cli.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.launcher.PatientVerticle;
import dev.vertxmicro.launcher.VertxHome;
import dev.vertxmicro.launcher.VertxHome.Result;
import dev.vertxmicro.launcher.VertxHome.Running;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code vertx call} with the wrappers of clients that its descriptor, or {@code --wrappers}, names. */
class WrappedCallTest {
    private static final VertxHome VERTX = VertxHome.shared();
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String HELLO = "{\"greeting\":\"Hello nobody\",\"tenant\":\"none\"}\n";
    private static Running service;
    private static String address;

    @BeforeAll
    static void start() {
        JsonObject key = new JsonObject().put("algorithm", "HS256").put("secret", SECRET);
        JsonObject descriptor = descriptor("patient", new JsonObject().put("keys", new JsonArray().add(key)))
                .put("server", new JsonObject().put("address", "127.0.0.1:0"));
        service = VERTX.start("run", PatientVerticle.class.getName(), "-conf", descriptor.encode());
        address = service.await("Listening on ");
        service.await("Registering node");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static JsonObject descriptor(String name, JsonObject jwt) {
        JsonObject wrapper = new JsonObject().put("type", "jwt").put("jwt", jwt);
        return new JsonObject()
                .put("service", new JsonObject().put("name", name))
                .put("registry", new JsonObject().put("type", "memory"))
                .put("wrappers", new JsonArray().add(wrapper));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String token() throws Exception {
        String header = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));
        JsonObject claims = new JsonObject()
                .put("sub", "shop")
                .put("aud", "patient")
                .put("exp", Instant.now().getEpochSecond() + 600);
        String signed = header + '.' + base64(claims.encode().getBytes(StandardCharsets.UTF_8));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return signed + '.' + base64(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    /** What a caller's own descriptor says, or that of the service itself: it may have a wrapper of metrics. */
    private static JsonObject caller() throws Exception {
        JsonObject shown = new JsonObject().put("token", token()).put("services", new JsonArray().add("patient"));
        JsonObject descriptor = descriptor("shop", new JsonObject().put("client", shown));
        JsonObject metrics = new JsonObject().put("address", address);
        descriptor
                .getJsonArray("wrappers")
                .add(new JsonObject().put("type", "metrics").put("metrics", metrics))
                .add(new JsonObject().put("type", "authorization").put("sides", new JsonArray().add("server")));
        return descriptor;
    }

    private static Result call(String... arguments) {
        List<String> all = new ArrayList<>(List.of("call", "patient", "Patient.Hello", "{}", "--address", address));
        all.addAll(List.of(arguments));
        return VERTX.run(all.toArray(new String[0]));
    }

    @Test
    void showsTheTokenOfItsDescriptor() throws Exception {
        Result refused = call();
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(new JsonObject(refused.err()).getInteger("code")).isEqualTo(401);
        assertThat(call("-conf", caller().encode())).isEqualTo(new Result(0, HELLO, ""));
        assertThat(VERTX.run("stats", "patient", "--address", address, "-conf", caller().encode(), "--json")
                        .exitCode())
                .isZero();
        assertThat(VERTX.run("stats", "patient", "--address", address, "--json").exitCode())
                .isEqualTo(1);
    }

    @Test
    void writesTheLineOfACallOnStandardError() throws Exception {
        Result logged = call("-conf", caller().encode(), "--wrappers=logging");
        assertThat(logged.out()).isEqualTo(HELLO);
        assertThat(logged.err()).contains("call Patient.Hello 200").contains("side=client");
        Result failed = call("--wrappers", "logging");
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.err()).contains("call Patient.Hello 401");
    }

    @Test
    void refusesTypesThatThereAreNot() {
        Result typed = call("--wrappers=loging");
        assertThat(typed.exitCode()).isEqualTo(2);
        assertThat(typed.err())
                .startsWith("--wrappers: \"loging\" (expected: api-key | authorization | ")
                .endsWith("nearest known: logging)\n")
                .hasLineCount(1);
        Result read = call(
                "-conf", "{\"wrappers\": [{\"type\": \"metrics\"}, {\"type\": \"jwd\", \"sides\": [\"server\"]}]}");
        assertThat(read.exitCode()).isEqualTo(2);
        assertThat(read.err()).contains("$.wrappers[1].type: \"jwd\"").contains("nearest known: jwt");
    }
}
