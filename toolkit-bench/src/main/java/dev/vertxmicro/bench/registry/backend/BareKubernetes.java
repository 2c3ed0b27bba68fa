package dev.vertxmicro.bench.registry.backend;

import dev.vertxmicro.testkit.server.KubeApiServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.parsetools.RecordParser;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Vert.x's HTTP client: an annotation of a pod is patched, and a watch of that pod tells of it. */
final class BareKubernetes implements EventPath {
    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final String KEY = "bench/id";

    private final HttpClient writer;
    private final HttpClient watcher;

    BareKubernetes(Vertx vertx, int port, Path certificate) {
        HttpClientOptions options = new HttpClientOptions()
                .setDefaultHost("127.0.0.1")
                .setDefaultPort(port)
                .setSsl(true)
                .setTrustOptions(new PemTrustOptions().addCertPath(certificate.toString()));
        writer = vertx.createHttpClient(options);
        watcher = vertx.createHttpClient(options);
    }

    private static Future<HttpClientRequest> request(HttpClient client, HttpMethod method, String path) {
        return client.request(method, path)
                .onSuccess(request -> request.putHeader("Authorization", "Bearer " + KubeApiServer.ADMIN));
    }

    @Override
    public Future<Void> open(Consumer<String> told) {
        return request(watcher, HttpMethod.GET, PODS + "?watch=1&fieldSelector=metadata.name%3D" + BareService.NAME)
                .compose(HttpClientRequest::send)
                .expecting(response -> response.statusCode() == 200)
                .map(response -> {
                    response.handler(RecordParser.newDelimited("\n", line -> tell(line, told)));
                    return null;
                });
    }

    private static void tell(Buffer line, Consumer<String> told) {
        JsonObject metadata = new JsonObject(line).getJsonObject("object").getJsonObject("metadata");
        told.accept(metadata.getJsonObject("annotations", new JsonObject()).getString(KEY, ""));
    }

    @Override
    public Future<Void> put(String id) {
        JsonObject annotations = new JsonObject()
                .put(KEY, id)
                .put("bench/service", BareService.json(id).toString());
        JsonObject patch = new JsonObject().put("metadata", new JsonObject().put("annotations", annotations));
        return request(writer, HttpMethod.PATCH, PODS + "/" + BareService.NAME)
                .compose(request -> request.putHeader("Content-Type", "application/merge-patch+json")
                        .send(patch.toBuffer()))
                .expecting(response -> response.statusCode() == 200)
                .compose(HttpClientResponse::body)
                .mapEmpty();
    }

    /** The next one takes its place. */
    @Override
    public Future<Void> remove(String id) {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> close() {
        return writer.close().eventually(watcher::close);
    }
}
