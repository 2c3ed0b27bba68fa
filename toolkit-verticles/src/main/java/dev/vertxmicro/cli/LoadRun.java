package dev.vertxmicro.cli;

import dev.vertxmicro.client.Request;
import io.vertx.core.AsyncResult;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;

/**
 * Makes the calls of a load test on one event loop. As many as the concurrency are in flight; with a rate each call has a time
 * at which it is due, and one that cannot leave then counts its waiting as latency (no coordinated omission).
 */
final class LoadRun {
    private static final long PROGRESS_MILLIS = 1000;

    private final CallSession session;
    private final Request<Buffer, Buffer> request;
    private final LoadPlan plan;
    private final LoadReport report;
    private final Promise<LoadReport> done = Promise.promise();
    private final long start;
    private int sent;
    private int inFlight;
    private boolean sending;
    private boolean waiting;
    private int shown;

    private LoadRun(CallSession session, Request<Buffer, Buffer> request, LoadPlan plan) {
        this.session = session;
        this.request = request;
        this.plan = plan;
        this.report = new LoadReport();
        this.start = System.nanoTime();
    }

    static LoadReport run(CallSession session, String contentType, Buffer body, LoadPlan plan) {
        Promise<LoadReport> all = Promise.promise();
        session.vertx().runOnContext(ready -> {
            LoadRun run = new LoadRun(session, session.request(contentType, body), plan);
            run.done.future().onComplete(all);
            session.vertx().setPeriodic(PROGRESS_MILLIS, tick -> run.progress());
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
            session.call(request).onComplete(answer -> answered(intended, answer));
        }
        sending = false;
        if (report.calls() == plan.calls()) {
            report.ended(System.nanoTime() - start);
            done.tryComplete(report);
        }
    }

    private boolean isDue() {
        long wait = plan.due(sent) - (System.nanoTime() - start);
        if (wait <= 0) {
            return true;
        }
        if (!waiting) {
            waiting = true;
            session.vertx().setTimer(Math.max(1, wait / 1_000_000), due -> {
                waiting = false;
                send();
            });
        }
        return false;
    }

    private void answered(long intended, AsyncResult<Buffer> answer) {
        inFlight--;
        report.add(System.nanoTime() - intended, answer.cause());
        send();
    }

    private void progress() {
        System.err.println(report.progress(System.nanoTime() - start, report.calls() - shown, plan.calls()));
        shown = report.calls();
    }
}
