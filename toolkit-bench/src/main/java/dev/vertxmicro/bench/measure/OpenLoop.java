package dev.vertxmicro.bench.measure;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * Calls at a steady rate whether or not the calls before were answered; what a call takes is counted from when it was due. Each
 * call is made by a caller, who waits for its answer; whoever was answered last calls next. Belongs to one event loop.
 */
public final class OpenLoop {
    private final Vertx vertx;
    private final Supplier<Future<Integer>> call;
    private final List<CallLog.Entry> entries = new ArrayList<>();
    private final Promise<List<CallLog.Entry>> ended = Promise.promise();
    private final Deque<Integer> idle = new ArrayDeque<>();
    private int callers;
    private double perMilli;
    private double due;
    private long last;
    private long open;
    private boolean stopped;

    /**
     * Makes one that does not call yet.
     *
     * @param vertx whose event loop this is
     * @param call  makes a call, which gives the number of the node that answers
     */
    public OpenLoop(Vertx vertx, Supplier<Future<Integer>> call) {
        this.vertx = vertx;
        this.call = call;
    }

    /**
     * Begins.
     *
     * @param perSecond calls
     */
    public void start(int perSecond) {
        rate(perSecond);
        last = System.nanoTime();
        vertx.setPeriodic(1, this::tick);
    }

    /**
     * Goes on at another rate.
     *
     * @param perSecond calls
     */
    public void rate(int perSecond) {
        perMilli = perSecond / 1000.0;
    }

    /**
     * Makes no further calls.
     *
     * @return all, when the last was answered
     */
    public Future<List<CallLog.Entry>> stop() {
        stopped = true;
        endIfDone();
        return ended.future();
    }

    private void tick(long timer) {
        if (stopped) {
            vertx.cancelTimer(timer);
            return;
        }
        long now = System.nanoTime();
        due += (now - last) / 1e6 * perMilli;
        last = now;
        long behind = (long) due;
        due -= behind;
        for (long left = behind; left > 0; left--) {
            long waited = (long) ((left - 1) / perMilli * 1e6);
            call(now - waited, System.currentTimeMillis() - waited / 1_000_000);
        }
    }

    private void call(long begun, long at) {
        open++;
        int caller = idle.isEmpty() ? callers++ : idle.pop();
        Future<Integer> answer;
        try {
            answer = call.get();
        } catch (RuntimeException e) {
            answer = Future.failedFuture(e);
        }
        answer.onComplete(result -> done(caller, begun, at, result));
    }

    private void done(int caller, long begun, long at, AsyncResult<Integer> result) {
        open--;
        idle.push(caller);
        long micros = (System.nanoTime() - begun) / 1000;
        Integer answer = result.result();
        entries.add(
                answer == null
                        ? new CallLog.Entry(at, micros, caller, CallLog.NO_NODE, String.valueOf(result.cause()))
                        : new CallLog.Entry(at, micros, caller, answer, ""));
        endIfDone();
    }

    private void endIfDone() {
        if (stopped && open == 0) {
            ended.tryComplete(entries);
        }
    }
}
