package dev.vertxmicro.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallContextTest {
    private final ManualTimers timers = Timers.manual();

    @Test
    void sharesNoAnswerWithOtherFreshContexts() {
        CallContext first = CallContext.create();
        first.addResponseMetadata("Seen", "here");
        assertThat(CallContext.create().responseMetadata().size()).isZero();
        assertThat(first.withMetadata("Tenant", "blue").responseMetadata().size())
                .isZero();
    }

    @Test
    void addsToTheAnswerThroughACopy() {
        CallContext received = received();
        CallContext copy = received.withMetadata("Tenant", "blue").withDeadline(5);
        copy.addResponseMetadata("Seen", "copy");
        received.addResponseMetadata("Also", "original");
        assertThat(received.responseMetadata().value("Seen", "")).isEqualTo("copy");
        assertThat(copy.responseMetadata().value("Also", "")).isEqualTo("original");
    }

    @Test
    void answersForNoOtherCall() {
        CallContext one = received();
        one.withDeadline(5).addResponseMetadata("Seen", "one");
        assertThat(received().responseMetadata().size()).isZero();
    }

    @Test
    void countsARelativeDeadlineFromNow() {
        timers.advance(Duration.ofSeconds(3));
        assertThat(deadlineIn(Duration.ofSeconds(2)))
                .isEqualTo(Duration.ofSeconds(5).toNanos());
        assertThat(deadlineIn(Duration.ZERO)).isEqualTo(timers.nanoTime());
        assertThat(deadlineIn(Duration.ofSeconds(-1))).isEqualTo(timers.nanoTime());
        assertThat(deadlineIn(Duration.ofSeconds(Long.MIN_VALUE))).isEqualTo(timers.nanoTime());
    }

    @Test
    void hasNoDeadlineBeyondTheClock() {
        assertThat(deadlineIn(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(CallContext.NO_DEADLINE);
        assertThat(deadlineIn(Duration.ofNanos(Long.MAX_VALUE))).isEqualTo(CallContext.NO_DEADLINE);
    }

    private long deadlineIn(Duration left) {
        return CallContext.create().withDeadline(left, timers).deadline();
    }

    private static CallContext received() {
        return CallContext.received(Metadata.EMPTY, CallContext.NO_DEADLINE, new Cancellation(), Peer.UNKNOWN);
    }
}
