package dev.vertxmicro.bench.cluster;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Publishes numbers at a steady rate and counts which of them arrive. Belongs to one event loop. */
final class NumberedMessages {
    private static final String TOPIC = "numbers";
    private static final int PER_SECOND = 100;
    /** How long after the last answer a message may arrive. */
    private static final long QUIET_SECONDS = 3;

    private static final int UNKNOWN = 504;

    private final Vertx vertx;
    private final Broker broker;
    private final TreeSet<Integer> acknowledged = new TreeSet<>();
    private final Map<Integer, Throwable> failed = new HashMap<>();
    private final Map<Integer, Integer> arrived = new HashMap<>();
    private final List<Future<Void>> open = new ArrayList<>();
    private long timer;
    private int next;

    NumberedMessages(Vertx vertx, Broker broker) {
        this.vertx = vertx;
        this.broker = broker;
    }

    Future<Void> start() {
        return broker.connect()
                .compose(connected -> broker.subscribe(TOPIC, delivery -> {
                    arrived.merge(Integer.valueOf(delivery.message().body().toString()), 1, Integer::sum);
                    return Future.succeededFuture();
                }))
                .onSuccess(subscribed -> timer = vertx.setPeriodic(1000 / PER_SECOND, again -> publish()))
                .mapEmpty();
    }

    private void publish() {
        int number = next++;
        open.removeIf(Future::isComplete);
        open.add(broker.publish(TOPIC, new Message(Metadata.EMPTY, Buffer.buffer(Integer.toString(number))))
                .onComplete(done -> ended(number, done.cause())));
    }

    private void ended(int number, Throwable failure) {
        if (failure == null) {
            acknowledged.add(number);
        } else {
            failed.put(number, failure);
        }
    }

    /** Ends, and counts when what was on its way has arrived. */
    Future<MessageCount> stop() {
        vertx.cancelTimer(timer);
        return Future.join(List.copyOf(open))
                .transform(all -> vertx.timer(QUIET_SECONDS, TimeUnit.SECONDS))
                .map(quiet -> count());
    }

    private MessageCount count() {
        int lost = (int) acknowledged.stream()
                .filter(number -> !arrived.containsKey(number))
                .count();
        int twice = arrived.values().stream().mapToInt(times -> times - 1).sum();
        int unknown =
                (int) failed.values().stream().filter(NumberedMessages::unknown).count();
        int refused = (int) failed.entrySet().stream()
                .filter(entry -> !unknown(entry.getValue()) && arrived.containsKey(entry.getKey()))
                .count();
        return new MessageCount(next, failed.size(), unknown, lost, twice, refused);
    }

    private static boolean unknown(Throwable failure) {
        return failure instanceof MicroException error && error.code() == UNKNOWN;
    }
}
