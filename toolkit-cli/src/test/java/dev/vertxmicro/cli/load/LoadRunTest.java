package dev.vertxmicro.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadRunTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void countsWhatACallThrows() throws Exception {
        LoadPlan plan = new LoadPlan(3, 2, 0, false);
        LoadReport report = CompletableFuture.supplyAsync(() -> LoadRun.run(
                        vertx,
                        "calls",
                        () -> {
                            throw new StackOverflowError();
                        },
                        plan))
                .get(10, TimeUnit.SECONDS);
        assertThat(report.count()).isEqualTo(3);
    }
}
