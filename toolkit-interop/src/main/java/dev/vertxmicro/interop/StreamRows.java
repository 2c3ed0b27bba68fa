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

    static Future<?> server(Caller caller) {
        Total asked =
                Total.newBuilder().setCount(SERVER_ITEMS).setText("number").build();
        return caller.peer().count(asked).compose(stream -> {
            List<Item> items = new ArrayList<>();
            stream.onMessage(items::add);
            return stream.ended().map(end -> inOrder(items, SERVER_ITEMS, "number"));
        });
    }

    static Future<?> client(Caller caller) {
        return caller.peer().collect().compose(stream -> {
            Promise<Total> answer = Promise.promise();
            stream.onMessage(answer::tryComplete);
            stream.ended().onFailure(answer::tryFail);
            // A peer of go-micro answers nothing to a stream that has ended: the end comes after the answer.
            return send(stream, number -> Item.newBuilder()
                            .setNumber(number)
                            .setCount(CLIENT_ITEMS)
                            .build())
                    .compose(sent -> answer.future())
                    .map(total -> Row.expect(
                            total,
                            total.getCount() == CLIENT_ITEMS
                                    && total.getSum() == CLIENT_ITEMS * (CLIENT_ITEMS - 1L) / 2,
                            "answered " + total))
                    .eventually(stream::end);
        });
    }

    static Future<?> bidi(Caller caller) {
        return caller.peer().chat().compose(stream -> {
            List<Item> items = new ArrayList<>();
            Promise<Void> all = Promise.promise();
            stream.onMessage(item -> {
                items.add(item);
                if (items.size() == CLIENT_ITEMS) {
                    all.complete();
                }
            });
            stream.ended().onFailure(all::tryFail);
            return send(stream, number -> Item.newBuilder()
                            .setNumber(number)
                            .setText("chat")
                            .build())
                    .compose(sent -> all.future())
                    .map(done -> inOrder(items, CLIENT_ITEMS, "chat"))
                    .eventually(stream::end);
        });
    }

    private static Future<Void> send(ClientStream<Item, ?> stream, LongFunction<Item> items) {
        return stream.sendAll(LongStream.range(0, CLIENT_ITEMS).mapToObj(items).iterator());
    }

    private static List<Item> inOrder(List<Item> items, int count, String text) {
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            Row.expect(item, item.getNumber() == i && item.getText().equals(text), "message " + i + " was " + item);
        }
        return Row.expect(items, items.size() == count, items.size() + " messages (expected: " + count + ")");
    }
}
