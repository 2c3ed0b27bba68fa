package dev.vertxmicro.broker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.testkit.lab.RawConnection;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However often publishers send nonsense, or messages that no subscriber takes: the log says so at most twice at once. */
class FloodedBrokerLogTest extends HttpBrokerFixture {
    private static final int TIMES = 500;
    private static final SubscribeOptions ONCE =
            SubscribeOptions.DEFAULTS.withMaxAttempts(1).withRedelivery(Duration.ofMillis(1), Duration.ofMillis(1));

    private static void send(String address, String bytes) {
        try (RawConnection raw = new RawConnection(address)) {
            raw.send(bytes.getBytes(StandardCharsets.ISO_8859_1)).read();
        } catch (IOException closed) {
            // an answer too
        }
    }

    private static void subscribe(HttpBroker broker, String body) throws Exception {
        if (body.contains("typed")) {
            await(Topic.of("typed", StringValue.class)
                    .subscribe(broker, (payload, delivery) -> Future.succeededFuture(), ONCE));
        } else if (body.contains("throws")) {
            await(broker.subscribe(
                    "throws",
                    delivery -> {
                        throw new IllegalStateException("thrown");
                    },
                    ONCE));
        } else {
            await(broker.subscribe("fails", delivery -> Future.failedFuture("failed"), ONCE));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no HTTP | nonsense",
                "a body that is too large | LARGE",
                "a body that is no message | {{",
                "a topic that nobody wants | {\"Header\":{\":topic\":\"other\"}}",
                "a message whose handler fails | {\"Header\":{\":topic\":\"fails\"},\"Body\":\"YQ==\"}",
                "a message whose handler throws | {\"Header\":{\":topic\":\"throws\"},\"Body\":\"YQ==\"}",
                "a message of another type | {\"Header\":{\":topic\":\"typed\",\"Content-Type\":\"application/protobuf\"},\"Body\":\"Cg==\"}",
            })
    void aFloodIsLoggedRarely(String what, String body) throws Exception {
        HttpBroker broker = broker();
        subscribe(broker, body); // one only: an id stands for one subscription
        String id = onlyNode().id();
        String large = "POST /_sub?id=" + id + " HTTP/1.1\r\nHost: x\r\nContent-Length: 2147483647\r\n\r\n";
        String bytes = body.equals("LARGE") ? large : body.equals("nonsense") ? body + "\r\n\r\n" : request(id, body);
        try (RecordedLogs logs = RecordedLogs.ofAll()) {
            for (int i = 0; i < TIMES; i++) {
                send(broker.address(), bytes);
            }
            assertThat(logs.all())
                    .as(what)
                    .filteredOn(line -> !line.contains(" more)"))
                    .hasSizeLessThanOrEqualTo(2);
        }
    }
}
