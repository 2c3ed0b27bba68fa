package dev.vertxmicro.server.load;

import dev.vertxmicro.server.Invoker;
import io.vertx.core.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The place of one call among those that run, which goes back once, whoever gives it back and how often; or why there is none.
 * May be used from any thread.
 */
public final class Permit {
    private enum State {
        HELD,
        ABANDONED,
        RETURNED
    }

    private final CallGate gate;
    private final @Nullable Load peer;
    private final String refusal;
    private final long began;
    private State state;
    private int working;
    private boolean answered;
    private boolean early;
    private @Nullable String endpoint;
    private long deadline;

    private Permit(CallGate gate, @Nullable Load peer, String refusal) {
        this.gate = gate;
        this.peer = peer;
        this.refusal = refusal;
        this.began = refusal.isEmpty() ? gate.shedding().begin() : 0;
        this.state = refusal.isEmpty() ? State.HELD : State.RETURNED;
    }

    /**
     * Makes the permit of a call that was let in.
     *
     * @param gate who let it in
     * @param peer the load of its caller, null if that is not counted
     */
    static Permit held(CallGate gate, @Nullable Load peer) {
        return new Permit(gate, peer, "");
    }

    /**
     * Makes the one of a call that must not run.
     *
     * @param gate who refused it
     * @param why  for its caller
     */
    static Permit refused(CallGate gate, String why) {
        return new Permit(gate, null, why);
    }

    /** Says why the call must not run, empty if it may. */
    public String refusal() {
        return refusal;
    }

    /**
     * Says that a handler is asked, so that the gate learns how long its calls take.
     *
     * @param name of an endpoint that there is
     * @param end  when its caller waits no more, by {@link dev.vertxmicro.time.Timers#nanoTime}; 0 for never
     */
    public synchronized void serves(String name, long end) {
        if (state == State.HELD && endpoint == null) {
            endpoint = name;
            deadline = end;
            gate.shedding().begun(name);
        }
    }

    /**
     * Gives the place to the next call, for nobody waits for this one; its handler runs on, and is counted as such.
     *
     * @return false if that was so before, or the handler has ended
     */
    public boolean abandon() {
        synchronized (this) {
            if (state != State.HELD) {
                return false;
            }
            state = State.ABANDONED;
            if (endpoint != null) {
                gate.shedding().abandoned();
            }
        }
        gate.abandoned(peer);
        return true;
    }

    /** Tells whether the handler runs on for nobody. */
    public synchronized boolean isAbandoned() {
        return state == State.ABANDONED;
    }

    /**
     * Runs a handler that stands behind interceptors, which may answer before it has ended: the place is not given back before.
     *
     * @param handler the handler with its request
     * @param <T>     type of the answer
     * @return its answer; whatever it throws, and null in place of a future, fails it
     */
    public <T> Future<T> during(Supplier<Future<T>> handler) {
        synchronized (this) {
            working++;
        }
        Future<T> answer = Invoker.attempt(handler);
        if (answer.isComplete()) {
            worked();
            return answer;
        }
        return answer.onComplete(done -> worked());
    }

    private void worked() {
        boolean last;
        boolean late;
        synchronized (this) {
            working--;
            last = working == 0 && answered;
            late = last && early && endpoint != null;
        }
        if (last) {
            returned();
        }
        if (late) {
            gate.late();
        }
    }

    /** Tells whether a handler runs that was seen {@linkplain #during at work}. */
    public synchronized boolean isAtWork() {
        return working > 0;
    }

    /**
     * Says that the call is answered: the place goes back, but for a handler that is at work still, which runs on for nobody.
     *
     * @return true, the first time, if somebody still waited for it
     */
    public boolean giveBack() {
        boolean runsOn;
        synchronized (this) {
            answered = true;
            runsOn = working > 0;
            early |= runsOn && state == State.HELD;
        }
        return runsOn ? abandon() : returned();
    }

    private boolean returned() {
        State before;
        String served;
        synchronized (this) {
            before = state;
            state = State.RETURNED;
            served = endpoint;
        }
        if (before != State.RETURNED) {
            if (served != null) {
                long given = deadline == 0 ? 0 : deadline - began;
                gate.shedding().ended(served, began, given, before == State.ABANDONED);
            }
            gate.left(peer, before == State.ABANDONED);
        }
        return before == State.HELD;
    }
}
