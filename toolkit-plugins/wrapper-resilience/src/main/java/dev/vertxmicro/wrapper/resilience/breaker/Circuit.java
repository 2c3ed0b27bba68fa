package dev.vertxmicro.wrapper.resilience.breaker;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.time.RareWarnings;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.wrapper.resilience.call.ErrorCodes;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Resilience4j's breaker of one service, endpoint or node. Who enters tells how it ended, or that it does not count. */
public final class Circuit {
    private static final double HALF = 0.5;
    /** Nodes come and go, and leave open circuits behind. */
    private static final long FORGOTTEN_NANOS = Duration.ofMinutes(10).toNanos();

    /** No handler is to be judged by callers who give less. */
    private static final long LEAST_NANOS = Duration.ofMillis(10).toNanos();
    /** Of all before against one call, in the average of how long they take. */
    private static final int WEIGHT = 16;

    private final CircuitBreaker breaker;
    private final Duration trialTime;
    private final ErrorCodes codes;
    private final Timers timers;
    private final RareWarnings lines;
    private final LongAdder refused = new LongAdder();
    private volatile State seen = State.CLOSED;
    private volatile long asked;
    private volatile long usual;

    /**
     * Guards with a breaker.
     *
     * @param breaker   decides
     * @param trialTime how long a trial has its place; another is let in then
     * @param codes     of the errors that count
     * @param timers    the clock
     * @param lines     of the log, when it opens and closes
     */
    public Circuit(CircuitBreaker breaker, Duration trialTime, ErrorCodes codes, Timers timers, RareWarnings lines) {
        this.breaker = breaker;
        this.trialTime = trialTime;
        this.codes = codes;
        this.timers = timers;
        this.lines = lines;
        this.asked = timers.nanoTime();
    }

    /** Lets a call in, or refuses it; one that is let in ends by {@link #ended} or {@link #left}. */
    boolean enter() {
        asked = timers.nanoTime();
        boolean may = breaker.tryAcquirePermission();
        if (!may) {
            refused.increment();
        }
        return may;
    }

    /** Tells whether the next calls decide if it closes. */
    boolean tries() {
        return breaker.getState() == State.HALF_OPEN;
    }

    long now() {
        return timers.nanoTime();
    }

    /** How long a trial has its place. */
    Duration trialTime() {
        return trialTime;
    }

    /**
     * Tells whether a caller who waited so long has waited for as long as may be expected: twice what a call takes that succeeds, or
     * until it is slow. Callers who never do are believed by and by.
     */
    boolean isEnough(long nanos) {
        long known = usual;
        long slow =
                breaker.getCircuitBreakerConfig().getSlowCallDurationThreshold().toNanos();
        boolean enough = nanos >= Math.min(slow, Math.max(LEAST_NANOS, 2 * known));
        if (!enough) {
            usual = known - known / WEIGHT;
        }
        return enough;
    }

    Timers timers() {
        return timers;
    }

    boolean counts(Throwable failure) {
        return codes.has(failure);
    }

    /**
     * Counts a call.
     *
     * @param failure null for a success
     * @param nanos   how long it took
     */
    void ended(@Nullable Throwable failure, long nanos) {
        if (failure != null && codes.has(failure)) {
            breaker.onError(nanos, TimeUnit.NANOSECONDS, failure);
        } else {
            breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
            learn(failure, nanos);
        }
        State now = breaker.getState();
        if (now != seen) {
            tell(now);
        }
    }

    /** Of two at once, one may be lost. */
    private void learn(@Nullable Throwable failure, long nanos) {
        if (failure == null && nanos > 0) {
            long known = usual;
            usual = known == 0 ? nanos : known + (nanos - known) / WEIGHT;
        }
    }

    /** Gives the place of a trial to another, whether it says nothing of the other side, or nothing yet. */
    void left() {
        breaker.releasePermission();
    }

    private void tell(State now) {
        State before = seen;
        seen = now;
        lines.about(breaker.getName())
                .warn("circuit breaker of " + breaker.getName() + ": " + word(before) + ", now " + word(now));
    }

    private static String word(State state) {
        return switch (state) {
            case CLOSED -> "closed";
            case OPEN -> "open";
            case HALF_OPEN -> "half open";
            default -> state.name();
        };
    }

    /** Refuses a call; nothing has left. */
    MicroException refusal(String id) {
        return MicroException.unavailable(id, "circuit breaker of " + breaker.getName() + " is open")
                .withoutStackTrace();
    }

    /** Tells whether it is no different from a new one: closed, and nothing failed lately; or nobody has asked it for long. */
    public boolean rests() {
        if (timers.nanoTime() - asked > FORGOTTEN_NANOS) {
            return true;
        }
        CircuitBreaker.Metrics metrics = breaker.getMetrics();
        return breaker.getState() == State.CLOSED
                && metrics.getNumberOfFailedCalls() == 0
                && metrics.getNumberOfSlowCalls() == 0;
    }

    /** Names what it guards. */
    public String name() {
        return breaker.getName();
    }

    /** Tells its state in lower case: {@code closed}, {@code open}, {@code half open}. */
    public String state() {
        return word(breaker.getState());
    }

    /** Gives 0 for closed, 1 for open, and half of it for half open. */
    public double openness() {
        return switch (breaker.getState()) {
            case OPEN, FORCED_OPEN -> 1;
            case HALF_OPEN -> HALF;
            default -> 0;
        };
    }

    /** Gives how many of a hundred calls failed; -1 while there were too few. */
    public float failureRate() {
        return breaker.getMetrics().getFailureRate();
    }

    /** Gives how many of a hundred calls were slow; -1 while there were too few. */
    public float slowCallRate() {
        return breaker.getMetrics().getSlowCallRate();
    }

    /** Counts the calls it remembers. */
    public int calls() {
        return breaker.getMetrics().getNumberOfBufferedCalls();
    }

    /** Counts what it has refused since it was made. */
    public long refused() {
        return refused.sum();
    }
}
