package examples;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Serves a stream of a ServerVerticle, knowing nothing but the event bus: {@code bin/vertx run conf/ticks.json}. */
public final class TicksVerticle extends VerticleBase {
    private final String own = "micro.stream/" + UUID.randomUUID();
    private final Map<String, Ticks> streams = new HashMap<>();

    /** For the deployment by name. */
    public TicksVerticle() {}

    @Override
    public Future<?> start() {
        EventBus bus = vertx.eventBus();
        return bus.<JsonObject>consumer(own, this::take).completion().compose(known -> bus.consumer(
                        "micro.handler/ticks/Ticks.Count", this::open)
                .completion());
    }

    private void open(Message<Object> asked) {
        String id = UUID.randomUUID().toString();
        streams.put(id, new Ticks(asked.headers()));
        // At this address, under this id, there is room for one message.
        asked.reply(
                null,
                new DeliveryOptions()
                        .addHeader("stream-address", own)
                        .addHeader("stream-id", id)
                        .addHeader("credit", "1"));
    }

    private void take(Message<JsonObject> frame) {
        String id = frame.headers().get("stream");
        Ticks ticks = streams.get(id);
        if (ticks == null) {
            return; // a ping, or of a stream that is over
        }
        switch (frame.headers().get("frame")) {
            case "message" -> ticks.left = frame.body().getInteger("count", 1);
            case "credit" -> ticks.credit += Integer.parseInt(frame.headers().get("credit"));
            case "reset" -> streams.remove(id);
            default -> {} // its end: there is no further question
        }
        if (ticks.isOver(vertx.eventBus())) {
            streams.remove(id);
        }
    }

    /** What one caller has asked for. */
    private static final class Ticks {
        private final String address;
        private final String stream;
        private int credit;
        private int left = -1;
        private int number;

        private Ticks(MultiMap opened) {
            address = opened.get("stream-address");
            stream = opened.get("stream-id");
            credit = Integer.parseInt(opened.get("credit"));
        }

        /** Sends what there is room for. */
        private boolean isOver(EventBus bus) {
            while (left > 0 && credit > 0) {
                left--;
                credit--;
                bus.send(address, new JsonObject().put("tick", number + 1), frame("message"));
            }
            if (left == 0) {
                bus.send(address, null, frame("end"));
            }
            return left == 0;
        }

        private DeliveryOptions frame(String kind) {
            number++;
            return new DeliveryOptions()
                    .addHeader("frame", kind)
                    .addHeader("stream", stream)
                    .addHeader("number", Integer.toString(number));
        }
    }
}
