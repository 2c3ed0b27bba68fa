package dev.vertxmicro.testkit.recording;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Remembers what a class logs, from its making until it is closed. */
public final class RecordedLogs implements AutoCloseable {
    /** Longer than what is said at most once in ten seconds may take. */
    private static final long PATIENCE_SECONDS = 20;

    private final Logger logger;
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Handler handler = new Handler() {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord record) {
            count.incrementAndGet();
            messages.add(formatter.formatMessage(record));
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void close() {
            // nothing is open
        }
    };

    private RecordedLogs(Logger logger) {
        this.logger = logger;
        logger.addHandler(handler);
    }

    /**
     * Begins to remember.
     *
     * @param type whose name the logger bears
     * @return the memory
     */
    public static RecordedLogs of(Class<?> type) {
        return new RecordedLogs(Logger.getLogger(type.getName()));
    }

    /**
     * Begins to remember what the whole process logs.
     *
     * @return the memory
     */
    public static RecordedLogs ofAll() {
        return new RecordedLogs(Logger.getLogger(""));
    }

    /**
     * Gives the messages so far that {@link #next} has not taken.
     *
     * @return their texts
     */
    public List<String> all() {
        return List.copyOf(messages);
    }

    /**
     * Waits for the next message.
     *
     * @return its text
     */
    public String next() {
        try {
            String message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (message != null) {
                return message;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError("nothing logged within " + PATIENCE_SECONDS + " s by " + logger.getName());
    }

    /**
     * Counts the messages so far.
     *
     * @return those taken by {@link #next} included
     */
    public int count() {
        return count.get();
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
    }
}
