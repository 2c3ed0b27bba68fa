package dev.vertxmicro.bench.cluster;

import dev.vertxmicro.config.HostPort;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/** What somebody writes who has no ServerVerticle: an HTTP server that requests the answer on the event bus, and no more. */
final class ServerByHand extends VerticleBase {
    private static final String HANDLER = PlainClock.address(PlainClock.NOW);

    private final HostPort address;

    ServerByHand(String address) {
        this.address = HostPort.listening(address);
    }

    @Override
    public Future<?> start() {
        return vertx.createHttpServer().requestHandler(this::forward).listen(address.port(), address.host());
    }

    private void forward(HttpServerRequest request) {
        request.body()
                .compose(this::asked)
                .onSuccess(answer -> request.response()
                        .putHeader("Content-Type", "application/json")
                        .end(answer))
                .onFailure(failure -> request.response().setStatusCode(500).end(failure.toString()));
    }

    private Future<Buffer> asked(Buffer body) {
        return vertx.eventBus()
                .<JsonObject>request(HANDLER, new JsonObject(body))
                .map(reply -> reply.body().toBuffer());
    }
}
