package dev.vertxmicro.registry.kubernetes;

import static dev.vertxmicro.testkit.recording.Await.result;

import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.ServiceJson;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Answers lists, watches and patches of pods with what a test has put there, in order, and holds the last watch open; patches for which there is nothing are taken. */
final class FakeApiServer {
    private final BlockingQueue<String> lists = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> watches = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> refusals = new LinkedBlockingQueue<>();
    private final BlockingQueue<JsonObject> patches = new LinkedBlockingQueue<>();
    private final HttpServer server;

    FakeApiServer(Vertx vertx) {
        server = result(vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1"));
    }

    String address() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    private void answer(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.PATCH)) {
            request.body().onSuccess(body -> {
                Integer refusal = refusals.poll();
                patches.add(body.toJsonObject().getJsonObject("metadata"));
                request.response()
                        .setStatusCode(refusal == null ? 200 : refusal)
                        .end("{}");
            });
            return;
        }
        boolean watch = "1".equals(request.getParam("watch"));
        if (watch) {
            asked.add(String.valueOf(request.getParam("resourceVersion")));
            String lines = watches.poll();
            request.response().setChunked(true);
            if (lines == null) {
                request.response().writeHead();
            } else {
                request.response().end(lines);
            }
        } else {
            String list = lists.poll();
            request.response().setStatusCode(list == null ? 503 : 200).end(list == null ? "{}" : list);
        }
    }

    /** Gives the version that the next watch asked from. */
    String watchedFrom() {
        try {
            return String.valueOf(asked.poll(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The next patch is refused with this status. */
    void refuse(int status) {
        refusals.add(status);
    }

    /** Gives the annotations that the next patch changes. */
    JsonObject patched() {
        try {
            return Objects.requireNonNull(patches.poll(10, TimeUnit.SECONDS)).getJsonObject("annotations");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The next list is answered with this. */
    void answer(String raw) {
        lists.add(raw);
    }

    void list(String version, JsonObject... pods) {
        JsonArray items = new JsonArray();
        for (JsonObject pod : pods) {
            items.add(pod);
        }
        answer(new JsonObject()
                .put("metadata", new JsonObject().put("resourceVersion", version))
                .put("items", items)
                .encode());
    }

    /** The next watch has these lines and ends. */
    void watch(String... lines) {
        watches.add(String.join("\n", lines) + "\n");
    }

    static String event(String type, JsonObject object) {
        return new JsonObject().put("type", type).put("object", object).encode();
    }

    static JsonObject bookmark(String version) {
        return new JsonObject().put("metadata", new JsonObject().put("resourceVersion", version));
    }

    static JsonObject pod(String name, String version, ServiceInfo service) {
        JsonObject annotations = new JsonObject()
                .put("micro.mu/service-x", ServiceJson.write(service).encode());
        return new JsonObject()
                .put(
                        "metadata",
                        new JsonObject()
                                .put("name", name)
                                .put("resourceVersion", version)
                                .put("annotations", annotations));
    }
}
