package dev.vertxmicro.bench.loss;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The short form of {@code make bench BENCH=broker-loss} for the HTTP broker. */
class HttpBrokerLossTest {

    @Test
    void losesNothingThatWasAccepted() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        HttpBrokerLoss.Result result;
        try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            // A busy machine must neither let those lapse who live, nor time out what waits for those who do not.
            result = new HttpBrokerLoss(
                            new HttpBrokerLoss.Scale(
                                    2, 200, Duration.ofMillis(500), Duration.ofSeconds(6), Duration.ofSeconds(60)),
                            out)
                    .run();
        }
        String text = printed.toString(StandardCharsets.UTF_8);
        System.out.print(text);
        assertThat(text).endsWith(String.format("%n0 lost%n"));
        assertThat(result.accepted()).isGreaterThan(300).isGreaterThanOrEqualTo(result.offered() * 99 / 100);
    }
}
