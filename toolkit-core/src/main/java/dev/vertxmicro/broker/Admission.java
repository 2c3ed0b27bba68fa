package dev.vertxmicro.broker;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds what is published and not complete, for those who implement a broker: messages, and their bytes together. A message
 * alone is let in whatever its size. May be used from any thread.
 */
public final class Admission {
    private final int maxMessages;
    private final long maxBytes;
    private final AtomicInteger messages = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    /**
     * Makes one with room for everything it allows.
     *
     * @param maxMessages messages at a time
     * @param maxBytes    of all of them
     */
    public Admission(int maxMessages, long maxBytes) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    /**
     * Takes room for a message.
     *
     * @param size its bytes
     * @return empty if there was room, else which limit was reached, such as {@code limit: 10000 messages}
     */
    public Optional<String> enter(int size) {
        if (messages.incrementAndGet() > maxMessages) {
            messages.decrementAndGet();
            return Optional.of("limit: " + maxMessages + " messages");
        }
        if (bytes.addAndGet(size) > maxBytes && bytes.get() > size) {
            leave(size);
            return Optional.of("limit: " + maxBytes + " bytes");
        }
        return Optional.empty();
    }

    /**
     * Gives the room of a message back.
     *
     * @param size its bytes
     */
    public void leave(int size) {
        messages.decrementAndGet();
        bytes.addAndGet(-size);
    }
}
