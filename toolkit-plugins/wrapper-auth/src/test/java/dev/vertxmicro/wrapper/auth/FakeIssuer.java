package dev.vertxmicro.wrapper.auth;

import dev.vertxmicro.testkit.recording.Await;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A server of keys and tokens that does what a test wants: rotates, fails, is slow. */
final class FakeIssuer {
    final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile Consumer<HttpServerRequest> answer =
            request -> request.response().setStatusCode(404).end();

    FakeIssuer(Vertx vertx) {
        server = Await.result(vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    asked.add(body.toString() + request.getHeader("Authorization"));
                    answer.accept(request);
                }))
                .listen(0, "127.0.0.1"));
    }

    String url() {
        return "http://127.0.0.1:" + server.actualPort() + "/x";
    }

    void does(Consumer<HttpServerRequest> what) {
        answer = what;
    }

    void says(String text) {
        does(request -> request.response().end(text));
    }

    void fails() {
        does(request -> request.response().setStatusCode(500).end("secret stack trace"));
    }

    void publishes(JsonObject... keys) {
        says(new JsonObject().put("keys", new JsonArray(List.of(keys))).encode());
    }
}
