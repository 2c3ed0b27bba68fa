package dev.vertxmicro.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

class HealthChecksTest {
    private final ManualTimers timers = Timers.manual();
    private final HealthChecks checks = new HealthChecks();

    private HealthReport report() {
        Future<HealthReport> asked = checks.report(timers);
        assertThat(asked.isComplete()).isTrue();
        return asked.result();
    }

    private HealthStatus only() {
        return report().checks().get(0).status();
    }

    @Test
    void isUpWithoutChecks() {
        assertThat(report().toJson())
                .isEqualTo(new JsonObject()
                        .put("status", "UP")
                        .put("checks", new JsonArray())
                        .put("outcome", "UP"));
    }

    @Test
    void speaksAsVertxHealthCheckDoes() {
        checks.register("database", () -> Future.succeededFuture(HealthStatus.ok(new JsonObject().put("free", 3))));
        checks.register("queue", () -> Future.succeededFuture(HealthStatus.down("full")));
        assertThat(report().toJson().encode())
                .isEqualTo(
                        "{\"status\":\"DOWN\",\"checks\":[{\"id\":\"database\",\"status\":\"UP\",\"data\":{\"free\":3}},"
                                + "{\"id\":\"queue\",\"status\":\"DOWN\",\"data\":{\"cause\":\"full\"}}],\"outcome\":\"DOWN\"}");
    }

    @Test
    @NullUnmarked // what checks written without ours do
    void isDownWithAReasonWhateverACheckDoes() {
        checks.register("a", () -> Future.failedFuture("refused"));
        assertThat(only()).isEqualTo(HealthStatus.down("refused"));
        checks.unregister("a");
        checks.register("a", () -> {
            throw new StackOverflowError();
        });
        assertThat(only()).isEqualTo(HealthStatus.down("java.lang.StackOverflowError"));
        checks.unregister("a");
        checks.register("a", () -> null);
        assertThat(only()).isEqualTo(HealthStatus.down("a gave null (expected: a future)"));
        checks.unregister("a");
        checks.register("a", () -> Future.succeededFuture());
        assertThat(only()).isEqualTo(HealthStatus.down("null (expected: a status)"));
    }

    @Test
    void isDownWhenACheckDoesNotAnswerAndAsksItNoSecondTimeMeanwhile() {
        AtomicInteger asked = new AtomicInteger();
        Promise<HealthStatus> answer = Promise.promise();
        checks.register("slow", Duration.ofMillis(200), () -> {
            asked.incrementAndGet();
            return answer.future();
        });
        for (int i = 0; i < 10; i++) {
            Future<HealthReport> report = checks.report(timers);
            timers.advance(Duration.ofMillis(199));
            assertThat(report.isComplete()).isFalse();
            timers.advance(Duration.ofMillis(1));
            assertThat(report.result().checks().get(0).status())
                    .isEqualTo(HealthStatus.down("no answer within 200 ms"));
        }
        assertThat(asked).hasValue(1);
        answer.complete(HealthStatus.ok());
        assertThat(only()).as("asked anew once it has answered").isEqualTo(HealthStatus.ok());
        assertThat(asked).hasValue(2);
    }

    @Test
    void asksAgainWhatHasLostItsAnswer() {
        AtomicInteger asked = new AtomicInteger();
        checks.register("lost", () -> {
            asked.incrementAndGet();
            return Promise.<HealthStatus>promise().future();
        });
        checks.report(timers);
        timers.advance(Duration.ofSeconds(30));
        checks.report(timers);
        assertThat(asked).hasValue(2);
    }

    @Test
    void cutsWhatACheckHasToSay() {
        assertThat(HealthStatus.down("a\n  b" + "x".repeat(10_000)).data().getString("cause"))
                .hasSize(303)
                .startsWith("a bxx");
    }

    @Test
    void refusesWhatIsNoCheck() {
        HealthCheck well = () -> Future.succeededFuture(HealthStatus.ok());
        checks.register("a", well);
        assertThatThrownBy(() -> checks.register("a", well))
                .hasMessage("id: \"a\" has a check (expected: one check a name)");
        assertThatThrownBy(() -> checks.register(" ", well)).hasMessage("id: \" \" (expected: a name)");
        assertThatThrownBy(() -> checks.register("b", Duration.ZERO, well)).hasMessage("timeout: PT0S (expected: > 0)");
        for (int i = 1; i < 1000; i++) {
            checks.register("a" + i, well);
        }
        assertThatThrownBy(() -> checks.register("b", well)).hasMessage("checks: 1000 (expected: fewer)");
    }
}
