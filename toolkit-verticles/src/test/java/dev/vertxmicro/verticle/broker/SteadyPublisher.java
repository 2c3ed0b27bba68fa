package dev.vertxmicro.verticle.broker;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;

/** Publishes a number every 10 ms, and remembers what became of each. May be used from any thread. */
final class SteadyPublisher {
    record Failed(int number, Throwable cause) {}

    private final Vertx vertx;
    private final IntFunction<Future<Void>> publish;
    private final Set<Integer> acknowledged = new TreeSet<>();
    private final List<Failed> failures = new ArrayList<>();
    private final Set<Integer> delivered = new TreeSet<>();
    private final List<Future<Void>> open = new ArrayList<>();
    private Promise<Void> awaited = Promise.promise();
    private int awaitedFrom = Integer.MAX_VALUE;
    private int duplicates;
    private int next;
    private long timer;

    SteadyPublisher(Vertx vertx, IntFunction<Future<Void>> publish) {
        this.vertx = vertx;
        this.publish = publish;
    }

    void begin() {
        timer = vertx.setPeriodic(10, again -> publish());
    }

    private void publish() {
        int number = next();
        synchronized (this) {
            next++;
        }
        Future<Void> published = publish.apply(number).onComplete(done -> ended(number, done.cause()));
        synchronized (this) {
            open.add(published);
        }
    }

    private synchronized void ended(int number, Throwable failure) {
        if (failure != null) {
            failures.add(new Failed(number, failure));
            return;
        }
        acknowledged.add(number);
        if (number >= awaitedFrom) {
            awaited.tryComplete();
        }
    }

    synchronized void delivered(int number) {
        if (!delivered.add(number)) {
            duplicates++;
        }
    }

    /** The number that is published next. */
    synchronized int next() {
        return next;
    }

    /** Completes when one from here on was acknowledged. */
    synchronized Future<Void> acknowledges(int from) {
        awaited = Promise.promise();
        awaitedFrom = from;
        return awaited.future();
    }

    Future<Void> end() {
        vertx.cancelTimer(timer);
        synchronized (this) {
            return Future.join(List.copyOf(open)).transform(all -> Future.succeededFuture());
        }
    }

    synchronized Set<Integer> acknowledged() {
        return new TreeSet<>(acknowledged);
    }

    synchronized List<Failed> failures() {
        return List.copyOf(failures);
    }

    synchronized Set<Integer> delivered() {
        return new TreeSet<>(delivered);
    }

    synchronized int duplicates() {
        return duplicates;
    }

    @Override
    public synchronized String toString() {
        return next + " published, " + acknowledged.size() + " acknowledged, " + failures.size() + " failed, "
                + delivered.size() + " delivered, " + duplicates + " twice; first failure: "
                + (failures.isEmpty() ? "none" : failures.get(0).cause().getMessage());
    }
}
