package dev.vertxmicro.engine.eventbus.stream;

import dev.vertxmicro.testkit.recording.Recording;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** An end that knows only the event bus, and says what the test tells it to. */
final class PlainEnd {
    static final String ADDRESS = "micro.stream/plain";
    static final String ID = "mine";

    private final Vertx vertx;
    private final Recording<Message<Object>> frames = new Recording<>();
    private final Recording<Message<Object>> openings = new Recording<>();
    private final Recording<Message<Object>> pongs = new Recording<>();
    private String peer = "";
    private String stream = "";

    PlainEnd(Vertx vertx) {
        this.vertx = vertx;
        vertx.eventBus().consumer(ADDRESS, this::received);
    }

    private void received(Message<Object> frame) {
        switch (frame.headers().get("frame")) {
            case "ping" -> {} // need not be answered
            case "pong" -> pongs.handle(frame);
            default -> frames.handle(frame);
        }
    }

    void meet(MultiMap said) {
        peer = said.get("stream-address");
        stream = said.get("stream-id");
    }

    /** Hears that a stream is to be opened, and says nothing. */
    void met(Message<Object> asked) {
        openings.handle(asked);
    }

    void meeting() {
        meet(openings.next().headers());
    }

    static DeliveryOptions offer(String kind, long credit) {
        return new DeliveryOptions()
                .addHeader("frame", kind)
                .addHeader("stream-address", ADDRESS)
                .addHeader("stream-id", ID)
                .addHeader("credit", Long.toString(credit));
    }

    void write(String kind, @Nullable Object body, String... headers) {
        DeliveryOptions options = new DeliveryOptions().addHeader("frame", kind).addHeader("stream", stream);
        for (int i = 0; i < headers.length; i += 2) {
            options.addHeader(headers[i], headers[i + 1]);
        }
        vertx.eventBus().send(peer, body, options);
    }

    void messages(int count) {
        for (int i = 0; i < count; i++) {
            write("message", new JsonObject().put("i", i));
        }
    }

    /** Until somebody has heard all that was sent to him. */
    Message<Object> ask(String address, @Nullable Object body) {
        vertx.eventBus()
                .send(
                        address,
                        body,
                        new DeliveryOptions().addHeader("frame", "ping").addHeader("stream-address", ADDRESS));
        return pongs.next();
    }

    Message<Object> next(String kind) {
        Message<Object> frame = frames.next();
        if (!kind.equals(frame.headers().get("frame"))) {
            throw new AssertionError("frame " + frame.headers() + " (expected: " + kind + ")");
        }
        return frame;
    }

    boolean isQuiet() {
        return frames.isEmpty();
    }
}
