package dev.vertxmicro.bench.loss;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.SteadyPublisher;
import io.vertx.core.AsyncResult;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Publishes numbered messages at a steady rate, and remembers what became of each. */
final class Offer implements SteadyPublisher.Load {
    private static final long TICK_MILLIS = 10;
    private static final int BODY_BYTES = 64;

    /** One publish; {@code ended} is 0 while it is open. */
    private static final class Attempt {
        private final long begun = System.nanoTime();
        private volatile long ended;
        private volatile String failure = "";
        private volatile boolean accepted;
    }

    private final Broker broker;
    private final String topic;
    private final int perSecond;
    private final List<Attempt> attempts = new ArrayList<>();
    private @Nullable SteadyPublisher publisher;

    Offer(Broker broker, String topic, int perSecond) {
        this.broker = broker;
        this.topic = topic;
        this.perSecond = perSecond;
    }

    void start() {
        publisher = SteadyPublisher.start(broker, topic, perSecond, this);
    }

    @Override
    public synchronized Message message(int number) {
        attempts.add(new Attempt());
        return new Message(Metadata.EMPTY, Buffer.buffer(new byte[BODY_BYTES]).setInt(0, number));
    }

    @Override
    public synchronized void published(int number, AsyncResult<Void> done) {
        Attempt attempt = attempts.get(number);
        attempt.accepted = done.succeeded();
        attempt.failure = done.failed() ? String.valueOf(done.cause().getMessage()) : "";
        attempt.ended = System.nanoTime();
    }

    /** Stops, and waits until each publish has succeeded or failed. */
    void stop() throws InterruptedException {
        SteadyPublisher running = publisher;
        if (running != null) {
            running.close();
        }
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
