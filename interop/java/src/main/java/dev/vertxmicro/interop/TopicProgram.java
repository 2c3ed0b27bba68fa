package dev.vertxmicro.interop;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.broker.http.HttpBroker;
import dev.vertxmicro.broker.http.HttpBrokerOptions;
import dev.vertxmicro.interop.peer.Item;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.registry.mdns.MdnsOptions;
import dev.vertxmicro.registry.mdns.MdnsRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;

/**
 * Publishes and subscribes by the HTTP broker, found by mDNS: {@code publish TOPIC TYPE TEXT…} or {@code subscribe TOPIC [QUEUE]};
 * tells what came in lines of JSON, as the Go program does.
 */
public final class TopicProgram {
    private TopicProgram() {}

    /**
     * Runs one command, until standard input ends.
     *
     * @param args the command
     * @throws IOException if standard input cannot be read
     */
    public static void main(String[] args) throws IOException {
        Vertx vertx = Vertx.vertx();
        MdnsRegistry registry = MdnsRegistry.create(vertx, MdnsOptions.DEFAULTS);
        Broker broker = HttpBroker.create(vertx, registry, HttpBrokerOptions.DEFAULTS.withAddress("127.0.0.1:0", ""));
        Future<JsonObject> answer = broker.connect()
                .compose(connected -> args[0].equals("publish") ? publish(broker, args) : subscribe(broker, args));
        answer.onComplete(Lines::print, failure -> Lines.print(new JsonObject().put("failed", failure.getMessage())));
        Lines.awaitEndOfInput();
        broker.close().eventually(registry::close).onComplete(done -> vertx.close());
    }

    private static Future<JsonObject> subscribe(Broker broker, String[] args) {
        SubscribeOptions options =
                args.length > 2 ? SubscribeOptions.DEFAULTS.withQueue(args[2]) : SubscribeOptions.DEFAULTS;
        return broker.subscribe(
                        args[1],
                        delivery -> {
                            Lines.print(new JsonObject()
                                    .put("topic", delivery.topic())
                                    .put("header", headers(delivery.message()))
                                    .put("body", delivery.message().body().getBytes()));
                            return Future.succeededFuture();
                        },
                        options)
                .map(new JsonObject().put("subscribed", args[1]));
    }

    private static JsonObject headers(Message message) {
        JsonObject headers = new JsonObject();
        message.headers().forEach(headers::put);
        return headers;
    }

    private static Future<JsonObject> publish(Broker broker, String[] args) {
        Topic<Item> items = Topic.of(args[1], Item.class).withContentType(args[2]);
        List<String> texts = List.of(args).subList(3, args.length);
        Future<Void> last = Future.succeededFuture();
        for (int i = 0; i < texts.size(); i++) {
            Item item = Item.newBuilder().setNumber(i).setText(texts.get(i)).build();
            Message empty = new Message(Metadata.of("Empty", "yes"), Buffer.buffer());
            Future<Void> one = texts.get(i).equals("-")
                    ? broker.publish(args[1], empty)
                    : items.publish(broker, item, Metadata.of("name", "davie"));
            last = Future.all(last, one).mapEmpty();
        }
        return last.map(new JsonObject().put("published", texts.size()));
    }
}
