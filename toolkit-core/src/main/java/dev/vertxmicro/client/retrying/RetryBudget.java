package dev.vertxmicro.client.retrying;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds the retries of a client to a part of its calls, and some at once, so that retries never make an outage worse.
 */
public final class RetryBudget {
    private final int cost;
    private final int limit;
    private final AtomicInteger tokens;

    private RetryBudget(int cost, int burst) {
        this.cost = cost;
        this.limit = burst * cost;
        this.tokens = new AtomicInteger(limit);
    }

    /**
     * Makes one for calls that may have reached a handler: a fifth of all, 10 at once.
     *
     * @return the budget
     */
    public static RetryBudget ofRepeated() {
        return new RetryBudget(5, 10);
    }

    /**
     * Makes one for calls that no handler has seen, which cost little: as many as there are calls, 1,000 at once.
     *
     * @return the budget
     */
    public static RetryBudget ofUntaken() {
        return new RetryBudget(1, 1000);
    }

    /** Counts a call in. */
    public void called() {
        int now = tokens.getPlain();
        if (now < limit) {
            tokens.compareAndSet(now, now + 1);
        }
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
