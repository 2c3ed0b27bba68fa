package dev.vertxmicro.verticle;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.server.ServerStream;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.testkit.recording.Recording;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.stream.IntStream;

/** Streams: gives back what comes, counts as far as it can, fails, waits for ever. */
public final class StreamingVerticle extends ServiceVerticle {
    static final Recording<String> ENDS = new Recording<>();
    static final int MANY = 10_000;

    static Endpoint<JsonObject, JsonObject> endpoint(String name) {
        return new Endpoint<>(name, JsonObject.class, JsonObject.class, Endpoint.Kind.BIDIRECTIONAL, false);
    }

    @Override
    protected void configure(Service service) {
        service.server()
                .handleStream(endpoint("Streaming.Echo"), (stream, context) -> {
                    stream.onMessage(stream::send);
                    return stream.ended();
                })
                .handleStream(endpoint("Streaming.Count"), (stream, context) -> {
                    stream.onMessage(ignored -> {});
                    return count(stream);
                })
                .handleStream(endpoint("Streaming.Fail"), (stream, context) -> stream.send(
                                new JsonObject().put("before", true))
                        .compose(sent -> Future.failedFuture(MicroException.of("streaming", 418, "short and stout"))))
                .handleStream(endpoint("Streaming.Wait"), (stream, context) -> {
                    Promise<Void> never = Promise.promise();
                    context.cancellation()
                            .onCancel(() ->
                                    ENDS.handle(context.cancellation().cause().detail()));
                    stream.ended().onFailure(gone -> never.tryFail(gone));
                    return never.future();
                });
    }

    private static Future<Void> count(ServerStream<JsonObject, JsonObject> stream) {
        return stream.sendAll(IntStream.range(0, MANY)
                .mapToObj(i -> new JsonObject().put("i", i))
                .iterator());
    }
}
