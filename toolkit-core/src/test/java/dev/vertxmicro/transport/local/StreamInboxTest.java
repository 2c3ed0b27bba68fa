package dev.vertxmicro.transport.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class StreamInboxTest {
    private long held;
    /** What was put off to the reader's thread; a test runs it when it likes. */
    private final Deque<Runnable> tasks = new ArrayDeque<>();

    private final List<String> seen = new ArrayList<>();
    private final Owning owner = new Owning();

    /** Of a memory of 48 MiB. */
    private final class Share implements Reservation {
        private long mine;

        @Override
        public boolean take(long bytes) {
            if (held + bytes > 48 << 20) {
                return false;
            }
            mine += bytes;
            held += bytes;
            return true;
        }

        @Override
        public void giveBack(long bytes) {
            mine -= bytes;
            held -= bytes;
        }

        @Override
        public void close() {
            giveBack(mine);
        }
    }

    /** Remembers whether the connection is read, as it is decided where one thread alone decides. */
    private final class Owning implements StreamInbox.Owner {
        private final StreamInbox inbox = new StreamInbox(tasks::add, this, new Share());
        private boolean reading = true;
        private Runnable overtaking = () -> {};

        @Override
        public void flow() {
            Runnable now = overtaking;
            overtaking = () -> {};
            now.run();
            reading = !inbox.full();
        }

        @Override
        public void ended() {
            seen.add("ended");
        }

        @Override
        public void failed(MicroException error) {
            seen.add(error.detail());
        }

        @Override
        public void threw(Throwable failure) {
            seen.add("threw " + failure.getClass().getSimpleName());
            inbox.abort();
        }
    }

    private StreamInbox inbox(Executor reader) {
        return new StreamInbox(reader, owner, new Share());
    }

    private static Message bytes(int count) {
        return new Message(Metadata.EMPTY, Buffer.buffer(new byte[count]));
    }

    private void runAll() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private static StreamInbox filled(StreamInbox inbox, int count, int size) {
        for (int i = 0; i < count; i++) {
            assertThat(inbox.add(bytes(size))).isTrue();
        }
        return inbox;
    }

    /** The reader empties the inbox between the moment it is full and the moment that its owner is told. */
    @Test
    void aReaderThatOvertakesTheNewsThatItIsFullLeavesTheConnectionRead() {
        StreamInbox inbox = owner.inbox;
        inbox.onMessage(message -> {});
        owner.overtaking = this::runAll;
        filled(inbox, StreamInbox.HIGH, 1);
        assertThat(inbox.full()).isFalse();
        assertThat(owner.reading).isTrue();
    }

    /** The other way round: it is full again before its owner is told that there is room. */
    @Test
    void messagesThatOvertakeTheNewsThatThereIsRoomLeaveTheConnectionUnread() {
        StreamInbox inbox = owner.inbox;
        filled(inbox, StreamInbox.HIGH, 1);
        assertThat(owner.reading).isFalse();
        owner.overtaking = () -> {
            inbox.pause();
            filled(inbox, StreamInbox.HIGH, 1);
        };
        inbox.onMessage(message -> {});
        runAll();
        assertThat(inbox.full()).isTrue();
        assertThat(owner.reading).isFalse();
    }

    @Test
    void isFullOfFewLargeMessages() {
        StreamInbox inbox = filled(owner.inbox, 1, StreamInbox.HIGH_BYTES - 1);
        assertThat(owner.reading).isTrue();
        filled(inbox, 1, 1);
        assertThat(owner.reading).isFalse();
        inbox.onMessage(message -> {});
        runAll();
        assertThat(owner.reading).isTrue();
        assertThat(held).isZero();
    }

    @Test
    void takesNoMoreThanThereIsMemoryFor() {
        StreamInbox inbox = filled(owner.inbox, 3, 16 << 20);
        assertThat(inbox.add(bytes(16 << 20))).isFalse();
        inbox.abort();
        assertThat(held).isZero();
        assertThat(owner.reading).isTrue();
    }

    @Test
    void givesItsMemoryBackHoweverItEnds() {
        StreamInbox ended = filled(owner.inbox, 3, 1 << 20);
        ended.end(Metadata.EMPTY);
        ended.onMessage(message -> {});
        runAll();
        assertThat(seen).containsExactly("ended");
        StreamInbox failed = filled(inbox(tasks::add), 3, 1 << 20);
        failed.fail(MicroException.internal("test", "broken"));
        failed.onMessage(message -> {});
        runAll();
        assertThat(seen).containsExactly("ended", "broken");
        assertThat(held).isZero();
    }

    @Test
    void tellsItsOwnerWhateverThrows() {
        owner.inbox.onMessage(message -> {
            throw new StackOverflowError();
        });
        filled(owner.inbox, 1, 1);
        runAll();
        assertThat(seen).containsExactly("threw StackOverflowError");
    }

    @Test
    void tellsItsOwnerThatItsReaderTakesNoMore() {
        StreamInbox inbox = inbox(task -> {
            throw new RejectedExecutionException();
        });
        inbox.onMessage(message -> {});
        filled(inbox, 1, 1);
        assertThat(seen).containsExactly("threw RejectedExecutionException");
    }
}
