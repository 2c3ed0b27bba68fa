package dev.vertxmicro.interop;

import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.interop.peer.Item;
import dev.vertxmicro.interop.peer.Payload;
import dev.vertxmicro.interop.peer.Total;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** An event that is sent to the port of the calls. */
final class EventRow {
    private EventRow() {}

    static Future<?> event(PeerCaller caller) {
        Payload topic = Payload.newBuilder().setText(Events.TOPIC).build();
        return caller.peer().events(topic).compose(before -> {
            String text = "event " + before.getCount() + " of " + caller.contentType();
            return send(caller, Item.newBuilder().setNumber(7).setText(text).build())
                    .compose(sent -> caller.peer().events(topic))
                    .map(after -> heard(before, after, text));
        });
    }

    /** Publishes to a topic that the service subscribes to, and asks whether its subscriber had it, once. */
    static Future<?> published(PeerCaller caller) {
        Payload topic = Payload.newBuilder().setText(Events.TOPIC).build();
        Topic<Item> items = Topic.of(Events.TOPIC, Item.class).withContentType(caller.contentType());
        return caller.peer().events(topic).compose(before -> {
            String text = "published after " + before.getCount() + " as " + caller.contentType();
            Item item = Item.newBuilder().setNumber(7).setText(text).build();
            return caller.client()
                    .publish(items, item)
                    .compose(sent -> caller.peer().events(topic))
                    .map(after -> heard(before, after, text));
        });
    }

    private static Total heard(Total before, Total after, String text) {
        return Row.expect(
                after,
                after.getCount() == before.getCount() + 1 && after.getText().equals(text),
                after.getCount() + " events, the last \"" + after.getText() + "\" (expected: " + (before.getCount() + 1)
                        + ", \"" + text + "\")");
    }

    private static Future<?> send(PeerCaller caller, Item item) {
        Metadata headers = Metadata.builder(3)
                .add(Headers.CONTENT_TYPE, caller.contentType())
                .add(Headers.TOPIC, Events.TOPIC)
                .add(Headers.ID, "0f1e2d3c")
                .build();
        return caller.client()
                .registry()
                .get(caller.service())
                .compose(versions -> caller.transport()
                        .request(
                                versions.get(0).nodes().get(0).address(),
                                new Message(headers, body(caller.contentType(), item)),
                                CallContext.create()))
                .map(answer -> Row.expect(
                        answer,
                        !answer.headers().contains(Headers.ERROR)
                                && answer.body().length() == 0,
                        "answered " + answer.headers() + " " + answer.body()));
    }

    /** Makes the body that go-micro publishes: without an envelope, whatever the content type. */
    private static Buffer body(String contentType, Item item) {
        return contentType.contains("json")
                ? new JsonObject()
                        .put("number", item.getNumber())
                        .put("text", item.getText())
                        .toBuffer()
                : Buffer.buffer(item.toByteArray());
    }
}
