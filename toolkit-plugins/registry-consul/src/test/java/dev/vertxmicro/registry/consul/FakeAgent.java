package dev.vertxmicro.registry.consul;

import dev.vertxmicro.testkit.recording.Await;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Answers like an agent whatever a test makes it answer, and remembers what it was asked. */
final class FakeAgent {
    /** A request: method, path and query; its body; its token. */
    record Asked(String line, String body, String token) {
        JsonObject json() {
            return new JsonObject(body);
        }
    }

    /** An answer. */
    record Said(int status, long index, String body) {
        static final Said OK = new Said(200, 1, "");
        /** Holds the answer back for ever. */
        static final Said NOTHING = new Said(0, 0, "");
    }

    private final HttpServer server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile Function<String, Said> answers = line -> line.startsWith("PUT") ? Said.OK : new Said(200, 1, "[]");

    FakeAgent(Vertx vertx) {
        server = Await.result(
                vertx.createHttpServer().requestHandler(this::serve).listen(0, "127.0.0.1"));
    }

    private void serve(HttpServerRequest request) {
        request.body().onSuccess(body -> answer(request, body));
    }

    private void answer(HttpServerRequest request, Buffer body) {
        String line = request.method() + " " + request.uri();
        String token = request.getHeader("X-Consul-Token");
        asked.add(new Asked(line, body.toString(), token == null ? "" : token));
        Said said = answers.apply(line);
        if (said.equals(Said.NOTHING)) {
            return;
        }
        request.response()
                .setStatusCode(said.status())
                .putHeader("X-Consul-Index", Long.toString(said.index()))
                .end(said.body());
    }

    void answer(Function<String, Said> how) {
        answers = how;
    }

    String address() {
        return "127.0.0.1:" + server.actualPort();
    }

    /** What was asked but for look-ups, since the last call. */
    List<Asked> written() {
        List<Asked> all =
                asked.stream().filter(one -> one.line().startsWith("PUT")).toList();
        asked.clear();
        return all;
    }

    /** What was asked, since the last call. */
    List<Asked> all() {
        List<Asked> all = List.copyOf(asked);
        asked.clear();
        return all;
    }
}
