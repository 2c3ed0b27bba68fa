package dev.vertxmicro.bench.unary.subject;

import dev.vertxmicro.descriptor.ServiceDescriptor;
import dev.vertxmicro.wrapper.Wrappers;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The same service with wrappers around client and server. Spans go to {@code bench.otlp}, lines of the log where the JVM says. */
final class WrappedSubjects {
    private static final String SECRET = "a secret of the benchmark that is long enough";

    private WrappedSubjects() {}

    static List<Subject> all() {
        return List.of(
                new OurSubject("sampled", around(observing("debug", "0.01")), around(observing("debug", "0.01"))),
                new OurSubject("observed", around(observing("info", "1")), around(observing("info", "1"))),
                new OurSubject("jwt", around(keys()), around(token())));
    }

    private static Function<Vertx, Wrappers> around(JsonArray wrappers) {
        JsonObject descriptor = new JsonObject()
                .put("service", new JsonObject().put("name", OurSubject.SERVICE))
                .put("wrappers", wrappers);
        return vertx -> ServiceDescriptor.parse(descriptor).wrappers().apply(vertx);
    }

    private static JsonObject wrapper(String type, JsonObject settings) {
        return new JsonObject().put("type", type).put(type, settings);
    }

    /** Logging, metrics and tracing; each call has a line where its level is that of the JVM's log. */
    private static JsonArray observing(String level, String sample) {
        String collector = "http://127.0.0.1:" + Integer.getInteger("bench.otlp", 4318);
        return new JsonArray()
                .add(wrapper(
                        "logging", new JsonObject().put("successLevel", level).put("linesPerSecond", 1_000_000)))
                .add(wrapper("metrics", new JsonObject()))
                .add(wrapper("tracing", new JsonObject().put("sample", sample).put("endpoint", collector)));
    }

    private static JsonArray keys() {
        JsonObject key = new JsonObject().put("algorithm", "HS256").put("secret", SECRET);
        return new JsonArray().add(wrapper("jwt", new JsonObject().put("keys", new JsonArray().add(key))));
    }

    private static JsonArray token() {
        JsonObject client = new JsonObject().put("token", signed()).put("services", "*");
        return new JsonArray().add(wrapper("jwt", new JsonObject().put("client", client)));
    }

    private static String signed() {
        String head = base64(
                new JsonObject().put("alg", "HS256").put("typ", "JWT").encode().getBytes(StandardCharsets.UTF_8));
        JsonObject claims = new JsonObject()
                .put("sub", "bench")
                .put("aud", OurSubject.SERVICE)
                .put("exp", System.currentTimeMillis() / 1000 + 3600);
        String text = head + "." + base64(claims.encode().getBytes(StandardCharsets.UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return text + "." + base64(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
