package dev.vertxmicro.bench.loss;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** Publishes numbered messages at a steady rate, and remembers what became of each. */
final class Offer {
    private static final long TICK_MILLIS = 10;
    private static final int BODY_BYTES = 64;

    /** One publish; {@code ended} is 0 while it is open. */
    private static final class Attempt {
        private final long begun = System.nanoTime();
        private volatile long ended;
        private volatile String failure = "";
        private volatile boolean accepted;
    }

    private final Vertx vertx;
    private final Broker broker;
    private final String topic;
    private final int perSecond;
    private final List<Attempt> attempts = new ArrayList<>();
    private long started;
    private long timer;

    Offer(Vertx vertx, Broker broker, String topic, int perSecond) {
        this.vertx = vertx;
        this.broker = broker;
        this.topic = topic;
        this.perSecond = perSecond;
    }

    void start() {
        started = System.nanoTime();
        timer = vertx.setPeriodic(TICK_MILLIS, tick -> publishDue());
    }

    private synchronized void publishDue() {
        long due = (System.nanoTime() - started) / 1_000_000 * perSecond / 1000;
        while (attempts.size() < due) {
            Attempt attempt = new Attempt();
            Buffer body = Buffer.buffer(new byte[BODY_BYTES]).setInt(0, attempts.size());
            attempts.add(attempt);
            broker.publish(topic, new Message(Metadata.EMPTY, body)).onComplete(done -> {
                attempt.accepted = done.succeeded();
                attempt.failure = done.failed() ? String.valueOf(done.cause().getMessage()) : "";
                attempt.ended = System.nanoTime();
            });
        }
    }

    /** Stops, and waits until each publish has succeeded or failed. */
    void stop() throws InterruptedException {
        vertx.cancelTimer(timer);
        while (attempts().stream().anyMatch(attempt -> attempt.ended == 0)) {
            Thread.sleep(TICK_MILLIS);
        }
    }

    private synchronized List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    int offered() {
        return attempts().size();
    }

    boolean isAccepted(int number) {
        return attempts().get(number).accepted;
    }

    long begun(int number) {
        return attempts().get(number).begun;
    }

    long ended(int number) {
        return attempts().get(number).ended;
    }

    /** Says why the first publish failed that did; empty if none did. */
    String firstFailure() {
        return attempts().stream()
                .map(attempt -> attempt.failure)
                .filter(failure -> !failure.isEmpty())
                .findFirst()
                .orElse("");
    }
}
