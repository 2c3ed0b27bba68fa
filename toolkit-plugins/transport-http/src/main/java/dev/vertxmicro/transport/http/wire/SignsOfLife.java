package dev.vertxmicro.transport.http.wire;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a connection leads nowhere any more though nobody said so: asks for a sign of life at an interval, and at once where
 * there is a suspicion, and tells when none came in time. Whatever comes is one. Belongs to the event loop of its connection.
 */
public final class SignsOfLife {

    /**
     * How often, how long.
     *
     * @param interval between two questions; zero asks nothing
     * @param timeout  for the answer
     */
    public record Settings(Duration interval, Duration timeout) {}

    private final EventExecutor loop;
    private final Settings settings;
    private final Runnable ask;
    private final Runnable dead;
    private @Nullable ScheduledFuture<?> timer;
    private boolean asking;
    private boolean came;

    /**
     * Prepares.
     *
     * @param loop     of the connection
     * @param settings how often
     * @param ask      sends the question
     * @param dead     ends the connection
     */
    public SignsOfLife(EventExecutor loop, Settings settings, Runnable ask, Runnable dead) {
        this.loop = loop;
        this.settings = settings;
        this.ask = ask;
        this.dead = dead;
    }

    /** Begins. */
    public void start() {
        if (!settings.interval().isZero()) {
            after(settings.interval(), this::question);
        }
    }

    private void after(Duration time, Runnable step) {
        timer = loop.schedule(step, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void question() {
        asking = true;
        came = false;
        ask.run();
        after(settings.timeout(), this::look);
    }

    /** A loop that was held up runs its timers before it reads what has come meanwhile. */
    private void look() {
        if (came) {
            goOn();
        } else {
            after(Duration.ofMillis(1), this::decide);
        }
    }

    private void decide() {
        if (came) {
            goOn();
        } else {
            timer = null;
            asking = false;
            dead.run();
        }
    }

    /** The time for the answer is part of the interval, where it is shorter. */
    private void goOn() {
        asking = false;
        Duration left = settings.interval().minus(settings.timeout());
        after(left.isNegative() || left.isZero() ? settings.interval() : left, this::question);
    }

    /** Something came. */
    public void came() {
        came = true;
    }

    /** Somebody waited in vain: asks now rather than at its time. */
    public void suspect() {
        ScheduledFuture<?> next = timer;
        if (!asking && next != null && next.cancel(false)) {
            question();
        }
    }

    /** Ends. */
    public void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
