package dev.vertxmicro.bench.loss;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.Delivery;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.http.HttpBroker;
import dev.vertxmicro.broker.http.HttpBrokerOptions;
import dev.vertxmicro.registry.Registry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;

/** One life of a subscriber, with a Vert.x of its own: takes all messages, and shares a queue with others. */
final class SubscriberLife {
    static final String QUEUE = "shared";
    private static final long PATIENCE_SECONDS = 30;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Broker broker;
    private final BitSet all = new BitSet();
    private final BitSet queue = new BitSet();
    private long duplicates;
    private long begun;
    private long ended = Long.MAX_VALUE;

    private SubscriberLife(Registry registry, HttpBrokerOptions options) {
        broker = HttpBroker.create(vertx, registry, options);
    }

    /** Starts one, and waits until it is subscribed. */
    static SubscriberLife start(Registry registry, HttpBrokerOptions options, String topic) throws Exception {
        SubscriberLife subscriber = new SubscriberLife(registry, options);
        await(subscriber.broker.connect());
        await(subscriber.broker.subscribe(topic, delivery -> subscriber.take(delivery, subscriber.all)));
        await(subscriber.broker.subscribe(
                topic,
                delivery -> subscriber.take(delivery, subscriber.queue),
                SubscribeOptions.DEFAULTS.withQueue(QUEUE)));
        subscriber.begun = System.nanoTime();
        return subscriber;
    }

    private synchronized Future<Void> take(Delivery delivery, BitSet into) {
        int number = delivery.message().body().getInt(0);
        if (into.get(number)) {
            duplicates++;
        }
        into.set(number);
        return Future.succeededFuture();
    }

    /** Stops it as SIGTERM does. */
    void close() throws Exception {
        ended = System.nanoTime();
        await(broker.close());
        await(vertx.close());
    }

    /** Stops it as SIGKILL does: connections break, its nodes stay in the registry until their time is over. */
    void kill() throws Exception {
        ended = System.nanoTime();
        await(vertx.close());
    }

    /** Tells whether it was there, and known, all the while. */
    boolean livedFrom(long begin, long end) {
        return begin - begun > TimeUnit.MILLISECONDS.toNanos(100) && end < ended;
    }

    synchronized boolean has(int number) {
        return all.get(number);
    }

    synchronized BitSet ofQueue() {
        return (BitSet) queue.clone();
    }

    synchronized long duplicates() {
        return duplicates;
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
