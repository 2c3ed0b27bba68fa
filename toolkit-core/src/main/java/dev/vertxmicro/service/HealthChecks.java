package dev.vertxmicro.service;

import dev.vertxmicro.error.Catching;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The checks of a service, which say whether it is ready for calls. Checks may be added and taken away at any time, from any thread.
 *
 * <p>A check has its time; one that has not answered by then is down. It is not asked a second time while it still owes an answer,
 * unless 30 s have passed: what never completes does not heap up.
 */
public final class HealthChecks {
    /** What a check has if it says nothing else. */
    public static final Duration TIMEOUT = Duration.ofSeconds(1);

    private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();
    private static final int MOST = 1000;

    private final Map<String, Registered> checks = new LinkedHashMap<>();

    /** Begins without any. */
    public HealthChecks() {}

    /** A check, and when it was asked for what it still owes. */
    private static final class Registered {
        private final String id;
        private final Duration timeout;
        private final HealthCheck check;
        private @Nullable Future<HealthStatus> owed;
        private long asked;

        Registered(String id, Duration timeout, HealthCheck check) {
            this.id = id;
            this.timeout = timeout;
            this.check = check;
        }

        synchronized Future<HealthStatus> ask(long now) {
            Future<HealthStatus> running = owed;
            if (running != null && !running.isComplete() && now - asked < PATIENCE_NANOS) {
                return running;
            }
            asked = now;
            Future<HealthStatus> begun = Catching.future(id, check::check);
            owed = begun;
            return begun;
        }
    }

    /**
     * Adds a check that has {@link #TIMEOUT}.
     *
     * @param id    its name in the report
     * @param check what to ask
     * @return this
     * @throws IllegalArgumentException if the name is blank or taken, or there are 1000
     */
    public HealthChecks register(String id, HealthCheck check) {
        return register(id, TIMEOUT, check);
    }

    /**
     * Adds a check.
     *
     * @param id      its name in the report
     * @param timeout how long it may take, &gt; 0
     * @param check   what to ask
     * @return this
     * @throws IllegalArgumentException if the name is blank or taken, the time is none, or there are 1000
     */
    public synchronized HealthChecks register(String id, Duration timeout, HealthCheck check) {
        if (id.isBlank()) {
            throw new IllegalArgumentException("id: \"" + id + "\" (expected: a name)");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout: " + timeout + " (expected: > 0)");
        }
        if (checks.containsKey(id)) {
            throw new IllegalArgumentException("id: \"" + id + "\" has a check (expected: one check a name)");
        }
        if (checks.size() >= MOST) {
            throw new IllegalArgumentException("checks: " + MOST + " (expected: fewer)");
        }
        checks.put(id, new Registered(id, timeout, check));
        return this;
    }

    /**
     * Takes a check away.
     *
     * @param id its name
     * @return true if there was one
     */
    public synchronized boolean unregister(String id) {
        return checks.remove(id) != null;
    }

    private synchronized List<Registered> all() {
        return new ArrayList<>(checks.values());
    }

    /**
     * Asks all of them at once, on the context of the caller.
     *
     * @param timers the clock
     * @return completes with what they say, as soon as all have answered or had their time; never fails
     */
    public Future<HealthReport> report(Timers timers) {
        List<Future<HealthReport.Entry>> asked = new ArrayList<>();
        for (Registered each : all()) {
            asked.add(ask(each, timers).map(status -> new HealthReport.Entry(each.id, status)));
        }
        Future<?> all = Future.all(asked);
        return all.map(
                told -> new HealthReport(asked.stream().map(Future::result).toList()));
    }

    private static Future<HealthStatus> ask(Registered each, Timers timers) {
        Promise<HealthStatus> found = timers.promise();
        Future<HealthStatus> answer = each.ask(timers.nanoTime());
        if (answer.isComplete()) {
            return Future.succeededFuture(status(answer));
        }
        Timer late = timers.schedule(
                each.timeout,
                () -> found.tryComplete(HealthStatus.down("no answer within " + each.timeout.toMillis() + " ms")));
        answer.onComplete(done -> {
            late.cancel();
            found.tryComplete(status(answer));
        });
        return found.future();
    }

    private static HealthStatus status(Future<HealthStatus> answer) {
        if (answer.failed()) {
            String message = answer.cause().getMessage();
            return HealthStatus.down(message == null ? answer.cause().getClass().getName() : message);
        }
        HealthStatus status = answer.result();
        return status == null ? HealthStatus.down("null (expected: a status)") : status;
    }
}
