package dev.vertxmicro.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnhandledExceptionsTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    @Test
    void areOneLineHoweverManyThereAre() {
        UnhandledExceptions.of(vertx);
        try (RecordedLogs logs = RecordedLogs.of(UnhandledExceptions.class)) {
            Context context = vertx.getOrCreateContext();
            for (int i = 0; i < 1000; i++) {
                context.runOnContext(now -> {
                    throw new IllegalStateException("Promise already completed");
                });
            }
            Promise<Void> last = Promise.promise();
            context.runOnContext(now -> last.complete());
            Await.result(last.future());
            assertThat(logs.next())
                    .isEqualTo("nobody caught java.lang.IllegalStateException: Promise already completed");
            assertThat(logs.count()).isOne();
        }
    }

    @Test
    void stayWithWhoTakesCareOfThem() {
        Handler<Throwable> own = thrown -> {};
        vertx.exceptionHandler(own);
        UnhandledExceptions.of(vertx);
        assertThat(vertx.exceptionHandler()).isSameAs(own);
    }
}
