package dev.vertxmicro.server.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.atomic.AtomicInteger;
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

    @Test
    void aLongQueueOfEventsThatAreDoneAtOnceIsNoDeepOne() {
        CallGate narrow = new CallGate(1, 1, Timers.manual());
        Permit first = narrow.enter("");
        AtomicInteger done = new AtomicInteger();
        for (int i = 0; i < 20_000; i++) {
            Promise<Permit> turn = Promise.promise();
            turn.future().onSuccess(permit -> {
                done.incrementAndGet();
                permit.giveBack();
            });
            narrow.enterWhenFree(turn);
        }
        first.giveBack();
        assertThat(done).hasValue(20_000);
    }

    @Test
    void aHandlerAtWorkKeepsThePlaceOfACallThatIsAnswered() {
        Permit permit = gate.enter("");
        Promise<Void> handler = Promise.promise();
        Promise<Void> other = Promise.promise();
        permit.during(handler::future);
        permit.during(other::future);
        assertThat(permit.giveBack()).isTrue();
        assertThat(permit.giveBack()).isFalse();
        assertThat(gate.statistics().running()).isZero();
        assertThat(gate.statistics().abandoned()).isEqualTo(1);
        handler.complete();
        assertThat(gate.statistics().abandoned()).isEqualTo(1);
        other.fail("whatever");
        assertThat(gate.statistics().abandoned()).isZero();
    }
}
