package dev.vertxmicro.verticle;

import dev.vertxmicro.testkit.recording.Recording;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One end of a stream of a verticle that knows only the event bus: it has the frames as docs/event-bus.md describes them. */
final class PlainStream {
    /** More than a test needs, for who does not count. */
    static final int PLENTY = 10_000;

    private final Vertx vertx;
    private final String own = "micro.stream/" + UUID.randomUUID();
    private final MessageConsumer<Object> consumer;
    private final Recording<Message<Object>> frames = new Recording<>();
    private String peer = "";
    private String stream = "";
    private int sent;

    PlainStream(Vertx vertx) {
        this.vertx = vertx;
        this.consumer = vertx.eventBus().consumer(own, frame -> {
            if (!"ping".equals(frame.headers().get("frame"))) {
                frames.handle(frame);
            }
        });
    }

    /** Gives each message back. */
    PlainStream echoing() {
        consumer.handler(frame -> {
            if ("message".equals(frame.headers().get("frame"))) {
                send((JsonObject) frame.body());
                write("credit", null, "credit", "1");
            } else if ("end".equals(frame.headers().get("frame"))) {
                end();
            }
        });
        return this;
    }

    /** What opens it, with room for so many messages. */
    DeliveryOptions offer(int credit) {
        return new DeliveryOptions()
                .addHeader("micro-version", "1")
                .addHeader("frame", "open")
                .addHeader("stream-address", own)
                .addHeader("stream-id", "mine")
                .addHeader("credit", Integer.toString(credit));
    }

    Future<Void> open(String address, DeliveryOptions options) {
        return vertx.eventBus().request(address, null, options).map(reply -> {
            meet(reply);
            return null;
        });
    }

    /** Knows the other end. */
    void meet(Message<?> said) {
        peer = said.headers().get("stream-address");
        stream = said.headers().get("stream-id");
    }

    void send(JsonObject body) {
        write("message", body, "number", Integer.toString(++sent));
    }

    void end() {
        write("end", null, "number", Integer.toString(++sent));
    }

    void end(String error) {
        write("end", null, "number", Integer.toString(++sent), "error", error);
    }

    void write(String kind, @Nullable Object body, String... headers) {
        DeliveryOptions options = new DeliveryOptions().addHeader("frame", kind).addHeader("stream", stream);
        for (int i = 0; i < headers.length; i += 2) {
            options.addHeader(headers[i], headers[i + 1]);
        }
        vertx.eventBus().send(peer, body, options);
    }

    /** The next frame that tells of no room, which is of this kind. */
    Message<Object> next(String kind) {
        Message<Object> frame = nextFrame();
        while (frame.headers().get("frame").equals("credit")) {
            frame = nextFrame();
        }
        if (!kind.equals(frame.headers().get("frame"))) {
            throw new AssertionError("frame " + frame.headers() + " (expected: " + kind + ")");
        }
        return frame;
    }

    /** The next frame of any kind. */
    Message<Object> nextFrame() {
        Message<Object> frame = frames.next();
        if (!"mine".equals(frame.headers().get("stream"))) {
            throw new AssertionError("frame for " + frame.headers().get("stream"));
        }
        return frame;
    }

    boolean isQuiet() {
        return frames.isEmpty();
    }

    Future<Void> leave() {
        return consumer.unregister();
    }
}
