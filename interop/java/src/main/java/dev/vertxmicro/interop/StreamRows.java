package dev.vertxmicro.interop;

import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.interop.peer.Item;
import dev.vertxmicro.interop.peer.Total;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/** Streams each way. */
final class StreamRows {
    private static final int SERVER_ITEMS = 2_000;
    private static final int CLIENT_ITEMS = 500;

    private StreamRows() {}

    static Future<?> server(PeerCaller caller) {
        Total asked =
                Total.newBuilder().setCount(SERVER_ITEMS).setText("number").build();
        return caller.peer().count(asked).compose(stream -> {
            List<Item> items = new ArrayList<>();
            stream.onMessage(items::add);
            return stream.ended().map(end -> inOrder(items, SERVER_ITEMS, "number"));
        });
    }

    static Future<?> client(PeerCaller caller) {
        return caller.peer().collect().compose(stream -> {
            Promise<Total> answer = Promise.promise();
            stream.onMessage(answer::tryComplete);
            stream.ended().onFailure(answer::tryFail);
            return send(stream, number -> Item.newBuilder()
                            .setNumber(number)
                            .setCount(CLIENT_ITEMS)
                            .build())
                    .compose(sent -> stream.ended())
                    .compose(ended -> answer.future())
                    .map(total -> Row.expect(
                            total,
                            total.getCount() == CLIENT_ITEMS
                                    && total.getSum() == CLIENT_ITEMS * (CLIENT_ITEMS - 1L) / 2,
                            "answered " + total));
        });
    }

    /** Waits for each answer. */
    static Future<?> bidiInTurns(PeerCaller caller) {
        return caller.peer().chat().compose(stream -> {
            List<Item> items = new ArrayList<>();
            Promise<Void> all = Promise.promise();
            stream.onMessage(item -> {
                items.add(item);
                if (items.size() == CLIENT_ITEMS) {
                    stream.end().onComplete(all);
                } else {
                    stream.send(chat(items.size()));
                }
            });
            stream.ended().onFailure(all::tryFail);
            return stream.send(chat(0))
                    .compose(sent -> all.future())
                    .compose(ended -> stream.ended())
                    .map(ended -> inOrder(items, CLIENT_ITEMS, "chat"));
        });
    }

    private static Item chat(long number) {
        return Item.newBuilder().setNumber(number).setText("chat").build();
    }

    /** The handler in Go reads to the end and then says nothing any more: that it has returned must be found out. */
    static Future<?> bidiAtOnce(PeerCaller caller) {
        return caller.peer().chat().compose(stream -> {
            List<Item> items = new ArrayList<>();
            stream.onMessage(items::add);
            return send(stream, StreamRows::chat)
                    .compose(sent -> stream.ended())
                    .map(ended -> inOrder(items, CLIENT_ITEMS, "chat"));
        });
    }

    /** Sends all, and says that it was all. */
    private static Future<Void> send(ClientStream<Item, ?> stream, LongFunction<Item> items) {
        return stream.sendAll(LongStream.range(0, CLIENT_ITEMS).mapToObj(items).iterator())
                .compose(sent -> stream.end());
    }

    private static List<Item> inOrder(List<Item> items, int count, String text) {
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            Row.expect(item, item.getNumber() == i && item.getText().equals(text), "message " + i + " was " + item);
        }
        return Row.expect(items, items.size() == count, items.size() + " messages (expected: " + count + ")");
    }
}
