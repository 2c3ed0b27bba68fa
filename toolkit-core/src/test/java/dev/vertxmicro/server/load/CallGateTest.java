package dev.vertxmicro.server.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import org.junit.jupiter.api.Test;

class CallGateTest {
    private final CallGate gate = new CallGate(10, 10, Timers.manual());

    @Test
    void endsTheDrainWhenAHandlerEndsWhileItIsAbandoned() {
        gate.enter("");
        Future<Void> drained = gate.drain();
        gate.left(null, true); // the other thread is between the two steps of Permit.abandon
        assertThat(drained.isComplete()).isFalse();
        gate.abandoned(null);
        assertThat(drained.succeeded()).isTrue();
    }

    @Test
    void endsTheDrainWhenAnAbandonedHandlerEnds() {
        Permit permit = gate.enter("");
        permit.abandon();
        Future<Void> drained = gate.drain();
        assertThat(drained.isComplete()).isFalse();
        permit.giveBack();
        assertThat(drained.succeeded()).isTrue();
    }
}
