package dev.vertxmicro.registry.nats.link;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When a connection is made anew that jnats has given up: after twice the pause each time, up to 30 s, by chance between half of that
 * and the whole. Confined to one context.
 */
final class LinkReconnection {
    private static final long LONGEST_MILLIS = 30_000;

    private final Vertx vertx;
    private final long first;
    private long pause;
    private long timer = -1;
    private boolean wanted;

    LinkReconnection(Vertx vertx, Duration wait) {
        this.vertx = vertx;
        this.first = Math.max(1, wait.toMillis());
        this.pause = first;
    }

    /** A connection is there. */
    void arrived() {
        pause = first;
        wanted = true;
    }

    /** An attempt has failed: another follows if there was a connection once, and those who need it wait for it. */
    void failed(Runnable attempt) {
        if (wanted) {
            begin(attempt);
        }
    }

    /** Tries later. */
    void begin(Runnable attempt) {
        vertx.cancelTimer(timer);
        timer = vertx.setTimer(byChance(pause), due -> attempt.run());
        pause = Math.min(LONGEST_MILLIS, pause * 2);
    }

    /** Does something within the first pause, so that not all do it at once. */
    void soon(Runnable action) {
        vertx.setTimer(byChance(first), due -> action.run());
    }

    private static long byChance(long millis) {
        return Math.max(1, millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
    }

    /** Tries no more. */
    void end() {
        wanted = false;
        vertx.cancelTimer(timer);
    }
}
