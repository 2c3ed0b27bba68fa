package dev.vertxmicro.bench.faults;

import dev.vertxmicro.bench.proto.HelloRequest;
import dev.vertxmicro.bench.proto.HelloResponse;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.verticle.ServiceVerticle;
import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;

/** The greeter: each of its two endpoints answers with the number of its node. */
final class FaultyGreeter extends ServiceVerticle {
    static final String SERVICE = "faults";
    /** Acts each time. */
    static final Endpoint<HelloRequest, HelloResponse> HELLO =
            Endpoint.unary("Greeter.Hello", HelloRequest.class, HelloResponse.class);
    /** May be asked again. */
    static final Endpoint<HelloRequest, HelloResponse> LOOK =
            new Endpoint<>("Greeter.Look", HelloRequest.class, HelloResponse.class, Endpoint.Kind.UNARY, true);

    private final HelloResponse answer;
    private final Behaviour behaviour;

    FaultyGreeter(int number, Behaviour behaviour) {
        this.answer =
                HelloResponse.newBuilder().setGreeting(Integer.toString(number)).build();
        this.behaviour = behaviour;
    }

    @Override
    protected void configure(Service target) {
        target.server().handle(HELLO, (request, context) -> answer()).handle(LOOK, (request, context) -> answer());
    }

    private Future<HelloResponse> answer() {
        long blocks = behaviour.blocksNow();
        if (blocks > 0) {
            block(blocks);
        }
        long millis = behaviour.millis();
        return millis == 0
                ? Future.succeededFuture(answer)
                : vertx.timer(millis, TimeUnit.MILLISECONDS).map(answer);
    }

    private static void block(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
