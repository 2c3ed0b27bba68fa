package dev.vertxmicro.bench.startup;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The least that a call can cost with Vert.x beneath: its HTTP client, one POST with the headers of a call, the answer printed. As
 * small a Vert.x as commands have, closed before the exit, which would else wait for its threads.
 */
public final class BarePost {
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Type", "application/json",
            "Micro-Id", "1",
            "Micro-Service", "greeter",
            "Micro-Method", "Greeter.Hello",
            "Micro-Endpoint", "Greeter.Hello",
            "Timeout", "5000000000");

    private BarePost() {}

    /**
     * Posts.
     *
     * @param args the port, and the body
     */
    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(2));
        HttpClient client = vertx.createHttpClient();
        Future<Buffer> answer = client.request(HttpMethod.POST, Integer.parseInt(args[0]), "127.0.0.1", "/")
                .compose(request -> {
                    HEADERS.forEach(request::putHeader);
                    return request.send(Buffer.buffer(args[1]));
                })
                .compose(HttpClientResponse::body);
        Buffer body = answer.toCompletionStage().toCompletableFuture().join();
        byte[] line = (body.toString(StandardCharsets.UTF_8) + "\n").getBytes(StandardCharsets.UTF_8);
        System.out.write(line, 0, line.length);
        System.out.flush();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        System.exit(0);
    }
}
