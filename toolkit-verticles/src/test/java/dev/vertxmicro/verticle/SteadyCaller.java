package dev.vertxmicro.verticle;

import com.google.protobuf.StringValue;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.Request;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Calls a service so many times a second, whatever becomes of the calls, and counts those whose answer is not the one expected. */
final class SteadyCaller {
    private static final int TICK_MILLIS = 10;

    private final Vertx vertx;
    private final Client client;
    private final int perTick;
    private final LongAdder answered = new LongAdder();
    private final Map<String, LongAdder> failed = new ConcurrentHashMap<>();
    private final AtomicInteger running = new AtomicInteger();
    private final LongAdder failedLate = new LongAdder();
    private volatile boolean failing;
    private long made;
    private volatile long timer = -1;
    private final Promise<Void> idle = Promise.promise();
    private volatile long wanted = Long.MAX_VALUE;
    private volatile Promise<Void> passed = Promise.promise();

    SteadyCaller(Vertx vertx, Client client, int perSecond) {
        this.vertx = vertx;
        this.client = client;
        this.perTick = perSecond * TICK_MILLIS / 1000;
    }

    void start() {
        timer = vertx.setPeriodic(TICK_MILLIS, tick -> {
            for (int i = 0; i < perTick; i++) {
                call("call " + made++);
            }
        });
    }

    private void call(String text) {
        running.incrementAndGet();
        boolean warned = failing;
        client.call(Request.of("echo", EchoVerticle.ECHO, StringValue.of(text))).onComplete(result -> {
            if (result.failed()) {
                failed(String.valueOf(result.cause().getMessage()));
                failedLate.add(warned ? 1 : 0);
            } else if (!result.result().getValue().equals(text)) {
                failed("wrong answer");
            } else {
                answered.increment();
            }
            ended(running.decrementAndGet());
        });
    }

    private void ended(int left) {
        if (answered.sum() >= wanted || failing) {
            passed.tryComplete();
        }
        if (left == 0 && timer < 0) {
            idle.tryComplete();
        }
    }

    /** Completes when so many further calls were answered, or one has failed. */
    Future<Void> passes(long calls) {
        Promise<Void> promise = Promise.promise();
        passed = promise;
        wanted = answered.sum() + calls;
        return promise.future();
    }

    private void failed(String why) {
        failing = true;
        failed.computeIfAbsent(why, reason -> new LongAdder()).increment();
    }

    /** Completes when the last call was answered. */
    Future<Void> stop() {
        Promise<Void> stopped = Promise.promise();
        vertx.runOnContext(now -> {
            vertx.cancelTimer(timer);
            timer = -1;
            if (running.get() == 0) {
                idle.tryComplete();
            }
            idle.future().onComplete(stopped);
        });
        return stopped.future();
    }

    long answered() {
        return answered.sum();
    }

    /** Counts the failures by what they said. */
    Map<String, Long> failed() {
        Map<String, Long> counts = new TreeMap<>();
        failed.forEach((why, count) -> counts.put(why, count.sum()));
        return counts;
    }

    /** Counts the failed calls that began after one had failed. */
    long failedLate() {
        return failedLate.sum();
    }

    long failures() {
        return failed().values().stream().mapToLong(count -> count).sum();
    }
}
