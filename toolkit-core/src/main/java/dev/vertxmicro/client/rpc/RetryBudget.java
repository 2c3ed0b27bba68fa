package dev.vertxmicro.client.rpc;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds the retries of a client to a fifth of its calls, and 10 at once, so that retries never make an outage worse.
 */
final class RetryBudget {
    private static final int COST = 5;
    private static final int LIMIT = 10 * COST;

    private final AtomicInteger tokens = new AtomicInteger(LIMIT);

    void called() {
        int now = tokens.getPlain();
        if (now < LIMIT) {
            tokens.compareAndSet(now, now + 1);
        }
    }

    boolean withdraw() {
        for (int now = tokens.get(); now >= COST; now = tokens.get()) {
            if (tokens.compareAndSet(now, now - COST)) {
                return true;
            }
        }
        return false;
    }
}
