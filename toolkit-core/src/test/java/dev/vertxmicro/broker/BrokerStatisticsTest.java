package dev.vertxmicro.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BrokerStatisticsTest {
    private static final Message MESSAGE = new Message(Metadata.EMPTY, Buffer.buffer("m"));
    private static final SubscribeOptions TWICE = SubscribeOptions.DEFAULTS.withMaxAttempts(2);

    private final ManualTimers timers = Timers.manual();
    private final Broker broker = Broker.inMemory(timers);

    @BeforeEach
    void connect() {
        broker.connect();
    }

    @Test
    void countsWhatIsNotSettled() {
        Promise<Void> handled = Promise.promise();
        broker.subscribe("t", delivery -> handled.future(), SubscribeOptions.DEFAULTS.withBufferMessages(2));
        for (int i = 0; i < 3; i++) {
            broker.publish("t", MESSAGE);
        }
        assertThat(broker.statistics().waiting())
                .as("two in the buffer, one beyond")
                .isEqualTo(3);
        handled.complete();
        assertThat(broker.statistics()).isEqualTo(BrokerStatistics.NONE);
    }

    @Test
    void countsWhatComesAgainAndWhatIsDropped() {
        broker.subscribe("t", delivery -> Future.failedFuture("no"), TWICE);
        broker.publish("t", MESSAGE);
        assertThat(broker.statistics()).isEqualTo(new BrokerStatistics(1, 1, 0, 0));
        timers.advance(Duration.ofSeconds(1));
        assertThat(broker.statistics()).isEqualTo(new BrokerStatistics(0, 1, 0, 1));
    }

    @Test
    void countsDeadLettersAtOnceWhereNoAttemptWillDo() {
        broker.subscribe(
                "t",
                delivery -> {
                    delivery.reject("unreadable");
                    return Future.succeededFuture();
                },
                TWICE.withDeadLetter("dead"));
        broker.publish("t", MESSAGE);
        assertThat(broker.statistics()).isEqualTo(new BrokerStatistics(0, 0, 1, 0));
    }
}
