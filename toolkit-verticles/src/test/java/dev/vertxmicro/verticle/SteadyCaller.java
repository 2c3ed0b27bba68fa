package dev.vertxmicro.verticle;

import com.google.protobuf.StringValue;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.Request;
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
    private long timer = -1;

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
            running.decrementAndGet();
        });
    }

    private void failed(String why) {
        failing = true;
        failed.computeIfAbsent(why, reason -> new LongAdder()).increment();
    }

    void stop() {
        vertx.cancelTimer(timer);
    }

    boolean idle() {
        return running.get() == 0;
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
