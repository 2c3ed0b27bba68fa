package dev.vertxmicro.bench.startup;

import dev.vertxmicro.bench.proto.HelloRequest;
import dev.vertxmicro.bench.proto.HelloResponse;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** The greeter by hand: Vert.x's HTTP server and protobuf, nothing else. */
public final class BareVerticle extends VerticleBase {

    /** For the deployment by name. */
    public BareVerticle() {}

    @Override
    public Future<?> start() {
        String address = config().getJsonObject("server").getString("address");
        int colon = address.lastIndexOf(':');
        return vertx.createHttpServer()
                .requestHandler(BareVerticle::greet)
                .listen(Integer.parseInt(address.substring(colon + 1)), address.substring(0, colon));
    }

    private static void greet(HttpServerRequest request) {
        request.body().map(BareVerticle::answer).onSuccess(body -> request.response()
                .putHeader("Content-Type", "application/protobuf")
                .end(body));
    }

    private static Buffer answer(Buffer body) {
        try {
            String name = HelloRequest.parseFrom(body.getBytes()).getName();
            return Buffer.buffer(HelloResponse.newBuilder()
                    .setGreeting("Hello " + name)
                    .build()
                    .toByteArray());
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
