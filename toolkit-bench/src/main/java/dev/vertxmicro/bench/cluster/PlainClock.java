package dev.vertxmicro.bench.cluster;

import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.message.Endpoint;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;

/** A verticle that knows nothing of the toolkit: two endpoints, each answers with the number of its process. */
public final class PlainClock extends VerticleBase {
    static final String SERVICE = "clock";
    /** Acts each time. */
    static final Endpoint<JsonObject, JsonObject> NOW = Endpoint.unary("Clock.Now", JsonObject.class, JsonObject.class);
    /** May be asked again. */
    static final Endpoint<JsonObject, JsonObject> LOOK =
            new Endpoint<>("Clock.Look", JsonObject.class, JsonObject.class, Endpoint.Kind.UNARY, true);

    private static final String NODE = "node";

    private final int number;

    /** For the deployment by name. */
    public PlainClock() {
        this(0);
    }

    PlainClock(int number) {
        this.number = number;
    }

    static String address(Endpoint<?, ?> endpoint) {
        return BusProtocol.handler(SERVICE, endpoint.name());
    }

    static int node(JsonObject answer) {
        return answer.getInteger(NODE);
    }

    @Override
    public Future<?> start() {
        return Future.all(serve(NOW), serve(LOOK));
    }

    private Future<Void> serve(Endpoint<?, ?> endpoint) {
        return vertx.eventBus().consumer(address(endpoint), this::answer).completion();
    }

    private void answer(Message<JsonObject> call) {
        call.reply(new JsonObject().put(NODE, number));
    }
}
