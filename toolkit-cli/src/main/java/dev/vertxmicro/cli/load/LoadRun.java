package dev.vertxmicro.cli.load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the calls of a load test, or publishes its messages, on one event loop. As many as the concurrency are in flight; with a rate each call has a time
 * at which it is due, and one that cannot leave then counts its waiting as latency (no coordinated omission).
 */
public final class LoadRun {
    private static final long PROGRESS_MILLIS = 1000;

    private final Vertx vertx;
    private final Supplier<? extends Future<?>> call;
    private final LoadPlan plan;
    private final LoadReport report;
    private final Promise<LoadReport> done = Promise.promise();
    private final long start;
    private int sent;
    private int inFlight;
    private boolean sending;
    private boolean waiting;
    private int shown;

    private LoadRun(Vertx vertx, String unit, Supplier<? extends Future<?>> call, LoadPlan plan) {
        this.vertx = vertx;
        this.call = call;
        this.plan = plan;
        this.report = new LoadReport(unit);
        this.start = System.nanoTime();
    }

    /** Runs a test; {@code unit} names what each call is, in the plural. */
    public static LoadReport run(Vertx vertx, String unit, Supplier<? extends Future<?>> call, LoadPlan plan) {
        Promise<LoadReport> all = Promise.promise();
        vertx.runOnContext(ready -> {
            LoadRun run = new LoadRun(vertx, unit, call, plan);
            run.done.future().onComplete(all);
            vertx.setPeriodic(PROGRESS_MILLIS, tick -> run.progress());
            run.send();
        });
        return all.future().toCompletionStage().toCompletableFuture().join();
    }

    private void send() {
        if (sending) {
            return; // a call that failed at once: the loop below goes on
        }
        sending = true;
        while (sent < plan.calls() && inFlight < plan.concurrency() && isDue()) {
            long intended = plan.rate() == 0 ? System.nanoTime() : start + plan.due(sent);
            sent++;
            inFlight++;
            called().onComplete(answer -> answered(intended, answer.cause()));
        }
        sending = false;
        if (report.count() == plan.calls()) {
            report.ended(System.nanoTime() - start);
            done.tryComplete(report);
        }
    }

    /** Calls; what is thrown is a failure as any: nobody would end the test otherwise. */
    private Future<?> called() {
        try {
            return call.get();
        } catch (Throwable e) {
            return Future.failedFuture(e);
        }
    }

    private boolean isDue() {
        long wait = plan.due(sent) - (System.nanoTime() - start);
        if (wait <= 0) {
            return true;
        }
        if (!waiting) {
            waiting = true;
            vertx.setTimer(Math.max(1, wait / 1_000_000), due -> {
                waiting = false;
                send();
            });
        }
        return false;
    }

    private void answered(long intended, @Nullable Throwable failure) {
        inFlight--;
        report.add(System.nanoTime() - intended, failure);
        send();
    }

    private void progress() {
        System.err.println(report.progress(System.nanoTime() - start, report.count() - shown, plan.calls()));
        shown = report.count();
    }
}
