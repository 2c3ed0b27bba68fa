package dev.vertxmicro.testkit.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.vertxmicro.error.MicroException;
import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits on the thread of a test, never longer than 10 s. */
public final class Await {
    static final int PATIENCE_SECONDS = 10;

    private Await() {}

    /**
     * Waits for a future.
     *
     * @param <T>    type of its result
     * @param future the future
     * @return its result
     * @throws AssertionError if it takes longer than 10 s; whatever it fails with otherwise
     */
    public static <T> T result(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new AssertionError(e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("no result within " + PATIENCE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /**
     * Waits for a future to fail.
     *
     * @param future the future
     * @return what it failed with
     * @throws AssertionError if it succeeds, or takes longer than 10 s
     */
    public static MicroException failure(Future<?> future) {
        Throwable failure = catchThrowable(() -> result(future));
        assertThat(failure).isInstanceOf(MicroException.class);
        return (MicroException) failure;
    }

    /**
     * Waits for a failure of any kind.
     *
     * @param future what fails
     * @return how it failed
     * @throws AssertionError if it succeeds, or takes longer than 10 s
     */
    public static Throwable cause(Future<?> future) {
        return result(future.transform(done -> done.failed()
                ? Future.succeededFuture(done.cause())
                : Future.failedFuture(new AssertionError("succeeded with " + done.result()))));
    }
}
