package dev.vertxmicro.bench.unary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.bench.unary.subject.Caller;
import dev.vertxmicro.bench.unary.worker.ClosedLoop;
import dev.vertxmicro.bench.unary.worker.ProcessUsage;
import dev.vertxmicro.bench.unary.worker.WindowLoad;
import io.vertx.core.Future;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class UnaryBenchTest {
    private static final UnaryOptions SHORT = new UnaryOptions(
            List.of(1, 16, 128), 1, Duration.ofMillis(300), Duration.ofMillis(100), 128, List.of("-Xmx128m"));

    @Test
    void measuresAllSubjectsWithRightAnswers() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        int exit;
        try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            exit = new UnaryBench(SHORT, out).run();
        }
        String text = printed.toString(StandardCharsets.UTF_8);
        assertThat(exit).as(text).isZero();
        assertThat(text)
                .contains("ratio ours/bare@16 ")
                .contains("ratio ours/bare@128 ")
                .contains("ratio ours/grpc@16 ");
    }

    @Test
    void countsWrongAnswers() throws Exception {
        AtomicLong clock = new AtomicLong();
        WindowLoad load = new ClosedLoop(new EveryTenthWrong(clock), clock::get)
                .run(1, 1)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        assertThat(load).isEqualTo(new WindowLoad(99, 1_000_000, 10_000, 10_000, 10));
    }

    @Test
    void failsOnOneWrongAnswer() {
        WindowSample right = new WindowSample(new WindowLoad(10, 1_000, 1, 1, 0), new ProcessUsage(1, 1));
        WindowSample wrong = new WindowSample(new WindowLoad(10, 1_000, 1, 1, 1), new ProcessUsage(1, 1));
        assertThat(new Table(List.of(new Cell("ours", 1, List.of(right, wrong))), List.of()).wrong())
                .isEqualTo(1);
    }

    @Test
    void printsAMissedGoalPlainly() {
        WindowSample slow = new WindowSample(new WindowLoad(79, 1_000, 1, 1, 0), new ProcessUsage(1, 1));
        WindowSample fast = new WindowSample(new WindowLoad(100, 1_000, 1, 1, 0), new ProcessUsage(1, 1));
        Table table = new Table(
                List.of(new Cell("ours", 16, List.of(slow)), new Cell("bare", 16, List.of(fast))), UnaryBench.GOALS);
        assertThat(table.text()).contains("ratio ours/bare@16 0.79 goal 0.80 MISSED");
    }

    /** Answers after ten microseconds of a clock of its own. */
    private static final class EveryTenthWrong implements Caller {
        private final AtomicLong clock;

        EveryTenthWrong(AtomicLong clock) {
            this.clock = clock;
        }

        @Override
        public Executor loop() {
            return Runnable::run;
        }

        @Override
        public void call(int number, Consumer<Boolean> done) {
            clock.addAndGet(10_000);
            Future.succeededFuture(number % 10 != 0).onSuccess(done::accept);
        }
    }
}
