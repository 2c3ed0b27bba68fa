package dev.vertxmicro.transport.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FrameDeadlineTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final AtomicInteger late = new AtomicInteger();
    private final FrameDeadline deadline = new FrameDeadline(channel, Duration.ofSeconds(30), late::incrementAndGet);

    FrameDeadlineTest() {
        channel.freezeTime();
    }

    private void pass(int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }

    @Test
    void aFrameThatDoesNotArriveIsLate() {
        deadline.read(true, 7);
        pass(29);
        assertThat(late).hasValue(0);
        pass(1);
        assertThat(late).hasValue(1);
    }

    @Test
    void aFrameThatArrivesIsNot() {
        deadline.read(true, 7);
        deadline.read(false, 8);
        pass(60);
        assertThat(late).hasValue(0);
    }

    /** Every read of a busy connection of large frames may end inside one of them. */
    @Test
    void aConnectionThatIsAlwaysInsideSomeFrameIsNotWhileFramesCome() {
        for (int frames = 1; frames < 10; frames++) {
            deadline.read(true, frames);
            pass(20);
        }
        assertThat(late).hasValue(0);
        pass(30);
        pass(30);
        assertThat(late).hasValue(1);
    }

    @Test
    void aFrameOfWhichNobodyReadsTheRestIsNot() {
        channel.config().setAutoRead(false);
        deadline.read(true, 7);
        pass(60);
        assertThat(late).hasValue(0);
        channel.config().setAutoRead(true);
        pass(30);
        assertThat(late).hasValue(1);
    }
}
