package dev.vertxmicro.client.retrying;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds the retries of a client to a part of its calls, and some at once, so that retries never make an outage worse.
 */
public final class RetryBudget {
    private static final long MOST = 1_000_000;

    private final int cost;
    private final int burst;
    private final AtomicInteger tokens;

    private RetryBudget(int cost, int burst) {
        this.cost = cost;
        this.burst = burst;
        this.tokens = new AtomicInteger(burst * cost);
    }

    /**
     * Makes one for calls that may have reached a handler: a fifth of all, and at once 100, or as many as there are calls at once: a
     * node that dies breaks all that run there.
     *
     * @return the budget
     */
    public static RetryBudget ofRepeated() {
        return new RetryBudget(5, 100);
    }

    /**
     * Makes one for calls that no handler has seen, which cost little: as many as there are calls, 1,000 at once.
     *
     * @return the budget
     */
    public static RetryBudget ofUntaken() {
        return new RetryBudget(1, 1000);
    }

    /**
     * Counts a call in.
     *
     * @param running calls, this one included
     */
    public void called(long running) {
        int now = tokens.getPlain();
        if (now < cost * Math.min(MOST, Math.max(burst, running))) {
            tokens.compareAndSet(now, now + 1);
        }
    }

    /**
     * Counts what is left.
     *
     * @return retries
     */
    public int left() {
        return tokens.get() / cost;
    }

    /**
     * Takes a retry from it.
     *
     * @return false if there is none left
     */
    public boolean withdraw() {
        for (int now = tokens.get(); now >= cost; now = tokens.get()) {
            if (tokens.compareAndSet(now, now - cost)) {
                return true;
            }
        }
        return false;
    }
}
