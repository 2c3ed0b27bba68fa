package dev.vertxmicro.bench.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.bench.measure.Goals;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BusBenchTest {

    @Test
    void comparesCallsThatAreAnsweredRightly() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Vertx vertx = Vertx.vertx();
        Goals goals;
        try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            goals = new BusBench(vertx, 50, 1, out).run();
        } finally {
            vertx.close().await();
        }
        assertThat(goals.metAtAnySpeed()).isTrue();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("of-direct-at-1 ")
                .contains("of-direct-at-128 ");
    }
}
