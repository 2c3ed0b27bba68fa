package dev.vertxmicro.net;

import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that peers may fill with what they send and do not finish, or ask for and do not read: bodies, messages that wait,
 * answers that wait. All listeners and instances in one Vertx count together, each with the limit of its own options, so that
 * any number of connections, however large their messages, ends in refusals and not in an OutOfMemoryError.
 *
 * <p>A holder (a request, a stream, a connection) takes a {@link MemoryShare} of it. May be used concurrently from any thread;
 * there are no locks.
 */
public final class MemoryBudget {
    private static final String SHARED = "dev.vertxmicro.net.MemoryBudget";

    /** The default limit: a quarter of the largest heap that this JVM may have, which it may have again as direct memory. */
    public static final long DEFAULT_BYTES = Runtime.getRuntime().maxMemory() / 4;

    private record Count(AtomicLong bytes) implements Shareable {}

    private final AtomicLong held;
    private final long maxBytes;

    private MemoryBudget(AtomicLong held, long maxBytes) {
        this.held = held;
        this.maxBytes = maxBytes;
    }

    /**
     * Gives the budget of a Vertx, as one with this limit sees it.
     *
     * @param vertx    whose listeners count together
     * @param maxBytes above which this one refuses, whoever holds them; &gt;= 1
     * @return the budget; get it once and keep it
     */
    public static MemoryBudget of(Vertx vertx, long maxBytes) {
        Count count = vertx.sharedData()
                .<String, Count>getLocalMap(SHARED)
                .computeIfAbsent("bytes", first -> new Count(new AtomicLong()));
        return new MemoryBudget(count.bytes(), maxBytes);
    }

    /**
     * Makes a budget that nobody shares.
     *
     * @param maxBytes above which it refuses; &gt;= 1
     * @return the budget
     */
    public static MemoryBudget alone(long maxBytes) {
        return new MemoryBudget(new AtomicLong(), maxBytes);
    }

    /**
     * Makes an empty share, for one holder.
     *
     * @return the share
     */
    public MemoryShare share() {
        return new MemoryShare(this);
    }

    /**
     * Tells how much is held by all together.
     *
     * @return bytes
     */
    public long heldBytes() {
        return held.get();
    }

    /** Takes bytes, unless more than the limit would be held; the last eighth is kept for small holders. */
    boolean take(long bytes, boolean small) {
        long bound = small ? maxBytes : maxBytes - maxBytes / 8;
        if (held.addAndGet(bytes) <= bound) {
            return true;
        }
        held.addAndGet(-bytes);
        return false;
    }

    void giveBack(long bytes) {
        held.addAndGet(-bytes);
    }
}
