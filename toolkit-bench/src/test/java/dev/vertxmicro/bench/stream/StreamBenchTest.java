package dev.vertxmicro.bench.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StreamBenchTest {

    @Test
    void measuresBothWithAllMessages() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            new StreamBench(3_000, 1, out).run();
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("ratio stream:ours/bare ")
                .contains("heap after collection: ");
    }
}
