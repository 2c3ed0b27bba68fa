package dev.vertxmicro.engine.eventbus.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.net.MemoryBudget;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutgoingFramesTest {
    private final MemoryBudget budget = MemoryBudget.alone(1 << 20);
    private final Deque<Promise<Void>> writes = new ArrayDeque<>();
    private final OutgoingFrames frames = new OutgoingFrames(
            false,
            Runnable::run,
            (options, body) -> {
                Promise<Void> written = Promise.promise();
                writes.add(written);
                return written.future();
            },
            budget.share());

    private boolean send(int bytes) {
        return frames.send(new Message(Metadata.EMPTY, Buffer.buffer(new byte[bytes])), Promise.promise());
    }

    @ParameterizedTest
    @ValueSource(longs = {1000, 2_000_000_000, Long.MAX_VALUE})
    void keepsNoMoreBeforeTheConnectionThanAWindowWhateverRoomThereIs(long room) {
        frames.begin("theirs", room);
        frames.more(room);
        for (int i = 0; i < 100; i++) {
            send(1);
        }
        assertThat(writes).hasSize(StreamFrames.WINDOW);
        for (int left = 100 - StreamFrames.WINDOW; left > 0; left--) {
            writes.remove().complete();
            assertThat(writes).hasSize(StreamFrames.WINDOW);
        }
        assertThat(frames.isIdle()).isTrue();
    }

    @Test
    void countsWhatWaitsUntilItHasLeft() {
        frames.begin("theirs", 1);
        assertThat(send(1)).isTrue();
        assertThat(budget.heldBytes()).isZero();
        assertThat(send(3 * StreamFrames.PART_BYTES)).isTrue();
        assertThat(budget.heldBytes()).isEqualTo(3 * StreamFrames.PART_BYTES);
        frames.more(2);
        assertThat(budget.heldBytes()).isEqualTo(StreamFrames.PART_BYTES);
        frames.more(1);
        assertThat(budget.heldBytes()).isZero();
    }

    @Test
    void refusesWhatThereIsNoMemoryFor() {
        assertThat(send(1 << 19)).isTrue();
        assertThat(send(1 << 19)).isFalse();
        frames.endNow();
        assertThat(budget.heldBytes()).isZero();
    }
}
