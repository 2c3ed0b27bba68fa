package dev.vertxmicro.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.server.Invoker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Wherever a handler runs, what it does in place of an answer fails its answer. */
@Timeout(30)
class ThreadingTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static void assumeAvailable(Threading threading) {
        boolean available = threading != Threading.VIRTUAL || Runtime.version().feature() >= 21;
        Assumptions.assumeTrue(available, "virtual threads need Java 21");
    }

    private <T> Future<T> invoke(Threading threading, Supplier<Future<T>> handler) {
        Invoker invoker = threading.invoker(vertx);
        return Future.future(
                promise -> vertx.runOnContext(here -> invoker.invoke(handler).onComplete(promise)));
    }

    @ParameterizedTest
    @EnumSource
    @SuppressWarnings("NullAway") // what users' code may do
    void failsAHandlerThatAnswersNull(Threading threading) {
        assumeAvailable(threading);
        assertThatThrownBy(() -> await(invoke(threading, () -> null)))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("handler answered null");
    }

    @ParameterizedTest
    @EnumSource
    void failsAHandlerThatThrows(Threading threading) {
        assumeAvailable(threading);
        for (Throwable thrown : new Throwable[] {
            new IllegalStateException("x"), new NoClassDefFoundError("x"), new java.io.IOException("x")
        }) {
            assertThatThrownBy(() -> await(invoke(threading, () -> ThreadingTest.<Future<String>, Error>raise(thrown))))
                    .hasCause(thrown);
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // what Kotlin throws, no signature names
    private static <T, E extends Throwable> T raise(Throwable thrown) throws E {
        throw (E) thrown;
    }

    @ParameterizedTest
    @EnumSource
    void givesTheAnswer(Threading threading) throws Exception {
        assumeAvailable(threading);
        assertThat(await(invoke(threading, () -> Future.succeededFuture("x")))).isEqualTo("x");
    }

    @Test
    void failsWhatTheWorkerPoolRefuses() throws Exception {
        Vertx closed = Vertx.vertx();
        Invoker invoker = Threading.WORKER.invoker(closed);
        await(closed.close());
        Future<String> answer = Invoker.attempt(() -> invoker.invoke(() -> Future.succeededFuture("x")));
        assertThatThrownBy(() -> await(answer)).isInstanceOf(ExecutionException.class);
    }
}
