package examples;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.UUID;

/** Reads a stream of a service, knowing nothing but the event bus: {@code bin/vertx run conf/ticks.json}. */
public final class TickReader extends VerticleBase {
    private final String own = "micro.stream/" + UUID.randomUUID();
    private String peer = "";
    private String stream = "";

    /** For the deployment by name. */
    public TickReader() {}

    @Override
    public Future<?> start() {
        EventBus bus = vertx.eventBus();
        DeliveryOptions open = new DeliveryOptions()
                .addHeader("micro-version", "1")
                .addHeader("service", "ticks")
                .addHeader("endpoint", "Ticks.Count")
                .addHeader("frame", "open")
                .addHeader("stream-address", own)
                .addHeader("stream-id", "mine")
                .addHeader("credit", "2");
        return bus.<JsonObject>consumer(own, this::take)
                .completion()
                .compose(known -> bus.request("micro.client", null, open))
                .onSuccess(opened -> {
                    peer = opened.headers().get("stream-address");
                    stream = opened.headers().get("stream-id");
                    bus.send(peer, new JsonObject().put("count", 5), frame("message", "number", "1"));
                });
    }

    private void take(Message<JsonObject> frame) {
        switch (frame.headers().get("frame")) {
            case "message" -> {
                System.out.println("tick " + frame.body().getInteger("tick"));
                // Read: there is room for one more.
                vertx.eventBus().send(peer, null, frame("credit", "credit", "1"));
            }
            case "end" -> {
                String error = frame.headers().get("error");
                System.out.println(error == null ? "no more ticks" : "failed: " + error);
                vertx.eventBus().send(peer, null, frame("end", "number", "2"));
            }
            case "reset" -> System.out.println("failed: " + frame.headers().get("error"));
            default -> {} // room for more questions, of which there are none, or a ping
        }
    }

    private DeliveryOptions frame(String kind, String name, String value) {
        return new DeliveryOptions()
                .addHeader("frame", kind)
                .addHeader("stream", stream)
                .addHeader(name, value);
    }
}
