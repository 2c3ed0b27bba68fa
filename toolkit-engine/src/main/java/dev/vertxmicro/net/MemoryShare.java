package dev.vertxmicro.net;

import dev.vertxmicro.transport.local.Reservation;

/**
 * What one holder, such as a request or a connection, has of a {@link MemoryBudget}. Small holders cost nothing: up to
 * {@value #FREE_BYTES} bytes are not counted, being less than a connection takes anyway, and up to {@value #SMALL_BYTES} bytes
 * there is room when large ones are refused already.
 *
 * <p>Used by one thread at a time. Whoever has a share closes it on every way out; after that it takes nothing more.
 */
public final class MemoryShare implements Reservation, AutoCloseable {
    /** Up to which a holder is not counted. */
    public static final int FREE_BYTES = 4 * 1024;

    /** Up to which a holder is small. */
    public static final int SMALL_BYTES = 64 * 1024;

    private final MemoryBudget budget;
    private long held;
    private long counted;
    private boolean closed;

    MemoryShare(MemoryBudget budget) {
        this.budget = budget;
    }

    @Override
    public boolean take(long bytes) {
        if (closed) {
            return false;
        }
        long all = held + bytes;
        if (all > FREE_BYTES) {
            long more = all - counted;
            if (!budget.take(more, all <= SMALL_BYTES)) {
                return false;
            }
            counted = all;
        }
        held = all;
        return true;
    }

    @Override
    public void giveBack(long bytes) {
        held = Math.max(0, held - bytes);
        if (counted > held) {
            long less = held > FREE_BYTES ? counted - held : counted;
            counted -= less;
            budget.giveBack(less);
        }
    }

    /**
     * Tells how much this holder has.
     *
     * @return bytes, those that are not counted among them
     */
    public long heldBytes() {
        return held;
    }

    @Override
    public void close() {
        closed = true;
        giveBack(held);
    }
}
