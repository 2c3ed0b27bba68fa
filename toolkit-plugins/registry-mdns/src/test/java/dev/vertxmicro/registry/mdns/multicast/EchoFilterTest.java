package dev.vertxmicro.registry.mdns.multicast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EchoFilterTest {
    private final ManualTimers timers = Timers.manual();
    private final EchoFilter filter = new EchoFilter(timers);

    private static ByteBuffer packet(int content) {
        return ByteBuffer.wrap(new byte[] {(byte) content});
    }

    @Test
    void tellsCopiesThatFollowOneAnother() {
        assertThat(filter.isCopy(packet(1), 5353)).isFalse();
        assertThat(filter.isCopy(packet(1), 5353)).isTrue();
        assertThat(filter.isCopy(packet(1), 5353)).isTrue();
    }

    @Test
    void takesAPacketAgainAfterAnotherOfTheSameSender() {
        assertThat(filter.isCopy(packet(1), 5353)).isFalse();
        assertThat(filter.isCopy(packet(2), 5353)).isFalse();
        assertThat(filter.isCopy(packet(1), 5353)).isFalse();
    }

    @Test
    void tellsSendersApart() {
        assertThat(filter.isCopy(packet(1), 5353)).isFalse();
        assertThat(filter.isCopy(packet(1), 5354)).isFalse();
        assertThat(filter.isCopy(packet(1), 5353)).isTrue();
    }

    @Test
    void takesAPacketAgainAfterAWhile() {
        assertThat(filter.isCopy(packet(1), 5353)).isFalse();
        timers.advance(Duration.ofMillis(100));
        assertThat(filter.isCopy(packet(1), 5353)).isFalse();
    }

    @Test
    void forgetsTheOldestOfManySenders() {
        for (int port = 1; port <= 65; port++) {
            assertThat(filter.isCopy(packet(1), port)).isFalse();
        }
        assertThat(filter.isCopy(packet(1), 65)).isTrue();
        assertThat(filter.isCopy(packet(1), 1)).isFalse();
    }
}
