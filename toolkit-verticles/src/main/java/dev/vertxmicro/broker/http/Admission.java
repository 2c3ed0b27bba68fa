package dev.vertxmicro.broker.http;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Bounds what waits: messages, and their bytes together. One is always let in. May be used from any thread. */
final class Admission {
    private final int maxMessages;
    private final long maxBytes;
    private final AtomicInteger messages = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    Admission(int maxMessages, long maxBytes) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    boolean enter(int size) {
        if (messages.incrementAndGet() > maxMessages) {
            messages.decrementAndGet();
            return false;
        }
        if (bytes.addAndGet(size) > maxBytes && bytes.get() != size) {
            leave(size);
            return false;
        }
        return true;
    }

    void leave(int size) {
        messages.decrementAndGet();
        bytes.addAndGet(-size);
    }

    int messages() {
        return messages.get();
    }
}
