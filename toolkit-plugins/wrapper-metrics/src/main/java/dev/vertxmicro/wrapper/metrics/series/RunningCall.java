package dev.vertxmicro.wrapper.metrics.series;

import dev.vertxmicro.message.Cancellation;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Something that runs and is to be measured: its end is when it is done, or when nobody waits for it any more, whichever comes first;
 * true from then on.
 *
 * @param <T> type of the result
 */
public final class RunningCall<T> extends AtomicBoolean implements Handler<AsyncResult<T>>, Runnable {
    private static final long serialVersionUID = 1L;
    private final transient EndpointSeries series;
    private final long since;
    private final transient Cancellation cancellation;
    private final boolean mayBeNothing;
    private transient Runnable unhook = () -> {};

    private RunningCall(EndpointSeries series, long since, Cancellation cancellation, boolean mayBeNothing) {
        this.series = series;
        this.since = since;
        this.cancellation = cancellation;
        this.mayBeNothing = mayBeNothing;
    }

    /**
     * Measures what has an answer, which is a failure if it is null.
     *
     * @param series       where
     * @param since        when it began
     * @param answer       how it ends
     * @param cancellation tells that nobody waits any more
     * @param <T>          type of the answer
     * @return the answer
     */
    public static <T> Future<T> answering(
            EndpointSeries series, long since, Future<T> answer, Cancellation cancellation) {
        return measured(series, since, answer, cancellation, false);
    }

    /**
     * Measures what has an end, and nothing to answer.
     *
     * @param series       where
     * @param since        when it began
     * @param end          how it ends
     * @param cancellation tells that nobody waits any more
     * @return the end
     */
    public static Future<Void> ending(EndpointSeries series, long since, Future<Void> end, Cancellation cancellation) {
        return measured(series, since, end, cancellation, true);
    }

    private static <T> Future<T> measured(
            EndpointSeries series, long since, Future<T> end, Cancellation cancellation, boolean mayBeNothing) {
        if (end.isComplete()) {
            measure(series, since, end, mayBeNothing);
            return end;
        }
        RunningCall<T> call = new RunningCall<>(series, since, cancellation, mayBeNothing);
        call.unhook = cancellation.onCancel(call);
        return end.onComplete(call);
    }

    private static <T> void measure(EndpointSeries series, long since, AsyncResult<T> end, boolean mayBeNothing) {
        if (end.failed()) {
            series.failed(since, end.cause());
        } else if (!mayBeNothing && end.result() == null) {
            series.failed(since, new NullPointerException("no answer"));
        } else {
            series.succeeded(since);
        }
    }

    /** It is done. */
    @Override
    public void handle(AsyncResult<T> end) {
        unhook.run();
        if (!getAndSet(true)) {
            measure(series, since, end, mayBeNothing);
        }
    }

    /** Nobody waits any more. */
    @Override
    public void run() {
        if (!getAndSet(true)) {
            series.failed(since, cancellation.cause());
        }
    }
}
