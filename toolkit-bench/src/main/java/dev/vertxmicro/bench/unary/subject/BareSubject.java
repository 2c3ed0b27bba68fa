package dev.vertxmicro.bench.unary.subject;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Vert.x's own HTTP client and server, echoing the same bytes under the same headers; no protobuf, no pipeline. */
final class BareSubject implements Subject {
    private static final String TYPE = "application/protobuf";
    /** As long as ours is for most of a run. */
    private static final String ID = "1000000";

    @Override
    public String name() {
        return "bare";
    }

    @Override
    public String loopThreads() {
        return OneLoop.THREADS;
    }

    @Override
    public Future<Integer> serve() {
        Vertx vertx = OneLoop.create();
        Promise<Integer> port = Promise.promise();
        vertx.runOnContext(ignored -> vertx.createHttpServer()
                .requestHandler(BareSubject::echo)
                .listen(0, "127.0.0.1")
                .map(HttpServer::actualPort)
                .onComplete(port));
        return port.future();
    }

    private static void echo(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            HttpServerResponse response = request.response();
            response.headers().add("Content-Type", TYPE).add("Micro-Id", ID).add("X-Micro-Id", ID);
            response.end(body);
        });
    }

    @Override
    public Future<Caller> connect(int port, int poolSize) {
        Vertx vertx = OneLoop.create();
        HttpClient client =
                vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(poolSize));
        RequestOptions target = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI("/");
        return Future.succeededFuture(new BareCaller(OneLoop.of(vertx), client, target));
    }

    private record BareCaller(Executor loop, HttpClient client, RequestOptions target) implements Caller {
        @Override
        public void call(int number, Consumer<Boolean> done) {
            Buffer bytes = Greetings.bytes(number);
            client.request(target)
                    .compose(request -> send(request, bytes))
                    .compose(HttpClientResponse::body)
                    .onComplete(result ->
                            done.accept(result.succeeded() && result.result().equals(bytes)));
        }

        private static Future<HttpClientResponse> send(HttpClientRequest request, Buffer bytes) {
            request.headers()
                    .add("Timeout", "5000000000")
                    .add("Content-Type", TYPE)
                    .add("Accept", TYPE)
                    .add("Micro-Id", ID)
                    .add("Micro-Service", OurSubject.SERVICE)
                    .add("Micro-Method", OurSubject.HELLO.name())
                    .add("Micro-Endpoint", OurSubject.HELLO.name());
            return request.send(bytes);
        }
    }
}
