package dev.vertxmicro.broker.mqtt.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class InFlightTest {
    private final InFlight inFlight = new InFlight(2);

    private void send() {
        inFlight.sent(new Outgoing("t", Buffer.buffer(), Promise.promise(), 0), true);
    }

    @Test
    void goesOnAfterABreakAlthoughTheFirstIsNeverAcknowledged() {
        send();
        inFlight.lost(true);
        send();
        assertThat(inFlight.hasRoom()).as("one at a time after a break").isFalse();
        inFlight.overdue();
        assertThat(inFlight.hasRoom()).isTrue();
    }

    @Test
    void keepsToItsWindowHoweverManyAreOverdue() {
        send();
        send();
        inFlight.overdue();
        inFlight.overdue();
        assertThat(inFlight.hasRoom()).isFalse();
    }
}
