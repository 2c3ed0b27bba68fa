package dev.vertxmicro.registry.mdns.multicast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LinkCopiesTest {
    private final ManualTimers timers = Timers.manual();
    private final LinkCopies copies = new LinkCopies(timers);

    private static ByteBuffer response(int content) {
        return ByteBuffer.wrap(new byte[] {0, 0, (byte) 0x84, 0, (byte) content, (byte) (content >> 8)});
    }

    private boolean copy(int content, int link) {
        return copies.isCopy(response(content), link);
    }

    @Test
    void takesASequenceOnceWhicheverLinkIsReadFirst() {
        assertThat(copy(1, 2)).isFalse();
        assertThat(copy(2, 2)).isFalse();
        assertThat(copy(1, 2)).as("again, over the same link").isFalse();
        assertThat(copy(1, 3)).isTrue();
        assertThat(copy(2, 3)).isTrue();
        assertThat(copy(1, 3)).isTrue();
        assertThat(copy(1, 3)).as("a third time").isFalse();
        assertThat(copy(1, 2)).isTrue();
    }

    @Test
    void takesWhatComesByBothFamiliesOnce() {
        copy(1, LinkCopies.IPV4);
        assertThat(copy(1, 2)).isTrue();
        assertThat(copy(1, 2)).isFalse();
    }

    @Test
    void takesEveryQuery() {
        ByteBuffer query = ByteBuffer.wrap(new byte[12]);
        assertThat(copies.isCopy(query, 2)).isFalse();
        assertThat(copies.isCopy(query, 3)).isFalse();
        assertThat(copies.isCopy(ByteBuffer.allocate(0), 3)).isFalse();
        assertThat(copies.isCopy(ByteBuffer.allocate(2), 3)).isFalse();
    }

    @Test
    void forgetsAfterAWhile() {
        assertThat(copy(1, 2)).isFalse();
        timers.advance(Duration.ofMillis(99));
        assertThat(copy(1, 3)).isTrue();
        timers.advance(Duration.ofMillis(1));
        assertThat(copy(1, 3)).isFalse();
    }

    @Test
    void forgetsWhenItKnowsTooMuch() {
        for (int i = 0; i < 4096; i++) {
            assertThat(copy(i, 2)).isFalse();
        }
        assertThat(copy(4096, 2)).isFalse();
        assertThat(copy(0, 3)).isFalse();
    }
}
