package dev.vertxmicro.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.testkit.recording.Await;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConfinementTest {
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final Confinement confinement =
            new Confinement(context, VertxTimers.of(vertx), "test", "adapter is closed");

    @AfterEach
    void end() {
        Await.result(vertx.close());
    }

    @Test
    void runsOperationsOnItsContextAndAnswersOnTheCallers() {
        Context caller = vertx.getOrCreateContext();
        List<Context> seen = new ArrayList<>();
        Promise<String> answered = Promise.promise();
        caller.runOnContext(start -> confinement
                .call(() -> {
                    seen.add(Vertx.currentContext());
                    return Future.succeededFuture("done");
                })
                .onSuccess(answer -> seen.add(Vertx.currentContext()))
                .onComplete(answered));
        assertThat(Await.result(answered.future())).isEqualTo("done");
        assertThat(seen).containsExactly(context, caller);
    }

    @Test
    void makesFailuresItsOwn() {
        assertThat(failure(confinement.call(() -> Future.failedFuture("no"))))
                .hasMessageContaining("\"id\":\"test\"")
                .hasMessageContaining("no");
        assertThat(failure(confinement.call(() -> {
                    throw new IllegalStateException("thrown");
                })))
                .hasMessageContaining("thrown");
    }

    @Test
    void failsWhatRunsAndWhatComesWhenItIsClosedAndReleasesOnce() {
        List<String> released = new ArrayList<>();
        Promise<Void> never = Promise.promise();
        Future<Void> running = confinement.call(never::future);
        Future<Void> once = confinement.close(() -> {
            released.add("once");
            return Future.succeededFuture();
        });
        Future<Void> twice = confinement.close(() -> {
            released.add("twice");
            return Future.succeededFuture();
        });
        Await.result(once);
        Await.result(twice);
        assertThat(released).containsExactly("once");
        assertThat(failure(running)).hasMessageContaining("adapter is closed");
        assertThat(failure(confinement.call(Future::succeededFuture))).hasMessageContaining("adapter is closed");
    }

    private static MicroException failure(Future<?> future) {
        return (MicroException) Await.result(
                future.<Throwable>map(new AssertionError("succeeded")).otherwise(failure -> failure));
    }
}
