package dev.vertxmicro.bench.registry.backend;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Vert.x's HTTP client: a service with a check that passes is put, and blocking queries tell of it. */
final class BareConsul implements EventPath {
    private static final String QUERY = "/v1/health/service/" + BareService.NAME + "?passing=1&wait=55s&index=";

    private final HttpClient writer;
    private final HttpClient watcher;
    private volatile boolean closed;

    BareConsul(Vertx vertx, int port) {
        HttpClientOptions options =
                new HttpClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(port);
        writer = vertx.createHttpClient(options);
        watcher = vertx.createHttpClient(options);
    }

    @Override
    public Future<Void> open(Consumer<String> told) {
        Promise<Void> first = Promise.promise();
        poll("0", Set.of(), told, first);
        return first.future();
    }

    private void poll(String index, Set<String> before, Consumer<String> told, Promise<Void> first) {
        watcher.request(HttpMethod.GET, QUERY + index)
                .compose(request -> request.send())
                .compose(response -> response.body().map(body -> {
                    String next = response.getHeader("X-Consul-Index");
                    if (next == null || body.length() == 0) { // an agent that has only just started answers nothing
                        poll("0", before, told, first);
                        return body;
                    }
                    Set<String> now = ids(body);
                    now.stream().filter(id -> !before.contains(id)).forEach(told);
                    first.tryComplete();
                    poll(next, now, told, first);
                    return body;
                }))
                .onFailure(failure -> {
                    if (!closed && !first.tryFail(failure)) {
                        poll("0", before, told, first);
                    }
                });
    }

    private static Set<String> ids(Buffer body) {
        Set<String> ids = new HashSet<>();
        for (Object each : new JsonArray(body)) {
            if (each instanceof JsonObject entry) {
                ids.add(entry.getJsonObject("Service").getString("ID"));
            }
        }
        return ids;
    }

    @Override
    public Future<Void> put(String id) {
        JsonObject check = new JsonObject().put("TTL", "3600s").put("Status", "passing");
        JsonObject service = new JsonObject()
                .put("ID", id)
                .put("Name", BareService.NAME)
                .put("Address", "10.0.0.1")
                .put("Port", 9000)
                .put("Check", check);
        return send("/v1/agent/service/register", service.toBuffer());
    }

    @Override
    public Future<Void> remove(String id) {
        return send("/v1/agent/service/deregister/" + id, Buffer.buffer());
    }

    private Future<Void> send(String path, Buffer body) {
        return writer.request(HttpMethod.PUT, path)
                .compose(request -> request.send(body))
                .expecting(response -> response.statusCode() == 200)
                .compose(HttpClientResponse::body)
                .mapEmpty();
    }

    @Override
    public Future<Void> close() {
        closed = true;
        return writer.close().eventually(watcher::close);
    }
}
