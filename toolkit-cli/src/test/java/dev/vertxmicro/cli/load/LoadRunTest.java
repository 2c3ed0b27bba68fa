package dev.vertxmicro.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.FailedCall;
import dev.vertxmicro.error.MicroException;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
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

    @Test
    void countsFailuresByTheNodeWhereTheyCame() {
        LoadReport report = new LoadReport("calls");
        MicroException failed = MicroException.timeout("go.micro.client", "late");
        for (String node : List.of("a:1", "b:2", "b:2", "")) {
            report.add(1, failed.withCall(new FailedCall("slow", "Slow.Call", node, Duration.ZERO, false, "")));
        }
        report.add(1, new IllegalStateException("no call"));
        report.add(1, null);
        assertThat(report.toJson().getInteger("errors")).isEqualTo(5);
        assertThat(report.toJson().getJsonObject("errorNodes"))
                .isEqualTo(new JsonObject().put("a:1", 1).put("b:2", 2));
        assertThat(report.toText().lines()).contains("  1 at a:1", "  2 at b:2");
    }
}
