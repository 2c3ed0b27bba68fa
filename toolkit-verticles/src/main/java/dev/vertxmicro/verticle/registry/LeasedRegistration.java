package dev.vertxmicro.verticle.registry;

import dev.vertxmicro.registry.Heartbeat;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import java.time.Duration;

/** One registration that is held: its heartbeat, and the time until which it holds. Confined to one context. */
final class LeasedRegistration {
    private final Timers timers;
    private final Runnable ended;
    private final Heartbeat heartbeat;
    private Claim claim;
    private Timer timer = () -> {};
    private long until;

    /** Begins to count; {@code ended} is run when the time is over without renewal. */
    LeasedRegistration(Claim claim, Heartbeat heartbeat, Timers timers, Runnable ended) {
        this.claim = claim;
        this.heartbeat = heartbeat;
        this.timers = timers;
        this.ended = ended;
        renew(claim);
        if (!claim.ttl().isZero()) {
            timer = timers.schedule(claim.ttl(), this::look);
        }
    }

    /** Tells whether a claim asks for nothing else than this lease to go on. */
    boolean isRenewedBy(Claim other) {
        return claim.single().equals(other.single()) && claim.ttl().equals(other.ttl());
    }

    void renew(Claim renewed) {
        claim = renewed;
        until = timers.nanoTime() + renewed.ttl().toNanos();
    }

    private void look() {
        if (isOver()) {
            ended.run();
        } else {
            timer = timers.schedule(Duration.ofNanos(until - timers.nanoTime()), this::look);
        }
    }

    boolean isOver() {
        return !claim.ttl().isZero() && timers.nanoTime() - until >= 0;
    }

    Claim claim() {
        return claim;
    }

    Heartbeat heartbeat() {
        return heartbeat;
    }

    void cancel() {
        timer.cancel();
        heartbeat.cancel();
    }
}
