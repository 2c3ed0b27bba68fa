package dev.vertxmicro.bench.unary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.testkit.program.GoProgram;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@Requires(Requirement.GO)
class GoMicroBenchTest {
    private static final UnaryOptions SHORT = new UnaryOptions(
            List.of(1, 16, 100), 1, Duration.ofMillis(300), Duration.ofMillis(100), 100, List.of("-Xmx128m"));

    @Test
    void measuresAllFourPairsWithRightAnswers() throws Exception {
        GoProgram program = GoProgram.build("interop/go");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        int exit;
        try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            exit = new GoMicroBench(SHORT, program.executable(), out).run();
        }
        String text = printed.toString(StandardCharsets.UTF_8);
        assertThat(exit).as(text).isZero();
        for (int concurrency : SHORT.concurrency()) {
            assertThat(text)
                    .contains("ratio java-java/go-go@" + concurrency + " ")
                    .contains("ratio go-java/go-go@" + concurrency + " ");
        }
        assertThat(text).contains("java-go");
    }
}
