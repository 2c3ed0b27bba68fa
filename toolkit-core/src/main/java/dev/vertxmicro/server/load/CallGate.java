package dev.vertxmicro.server.load;

import dev.vertxmicro.message.DrainSignal;
import dev.vertxmicro.message.Turns;
import dev.vertxmicro.server.AdaptiveLimit;
import dev.vertxmicro.server.ServerStatistics;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls that run and the handlers that run on for nobody, refuses calls above the limits and, once draining, all new
 * ones. May be used concurrently.
 */
public final class CallGate {
    private static final System.Logger LOG = System.getLogger(CallGate.class.getName());
    private static final String STOPPING = "server is stopping";

    private final Load all;
    private final @Nullable PeerLoads peers;
    private final LoadShedding shedding;
    /** Events that wait for room, at most one for each subscription. */
    private final Queue<Promise<Permit>> waiting = new ConcurrentLinkedQueue<>();

    private final Promise<Void> drained = Promise.promise();
    private final LongAdder calls = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder shed = new LongAdder();
    private final LongAdder late = new LongAdder();
    private final RareWarning refusals;
    private final DrainSignal signal;
    private volatile boolean draining;

    /**
     * Lets nobody wait but events: a call that finds no room is refused.
     *
     * @param limit   calls that may run at once
     * @param perPeer how many of them one peer may have
     * @param timers  the clock
     */
    public CallGate(int limit, int perPeer, Timers timers) {
        this(limit, perPeer, AdaptiveLimit.OFF, timers);
    }

    /**
     * Lets nobody wait but events: a call that finds no room is refused.
     *
     * @param limit    calls that may run at once
     * @param perPeer  how many of them one peer may have
     * @param adaptive when fewer may run
     * @param timers   the clock
     */
    public CallGate(int limit, int perPeer, AdaptiveLimit adaptive, Timers timers) {
        this.all = new Load(limit);
        this.shedding = new LoadShedding(adaptive, limit, timers);
        this.peers = perPeer < limit ? new PeerLoads(perPeer) : null;
        this.refusals = new RareWarning(LOG, timers);
        this.signal = DrainSignal.create(timers);
    }

    /**
     * Lets a call in.
     *
     * @param remote address of its caller, perhaps empty
     * @return its permit, or a refusal
     */
    public Permit enter(String remote) {
        if (draining) {
            return refused(STOPPING);
        }
        if (!shedding.hasRoom()) {
            shed.increment();
            return refused(
                    remote, "too many concurrent calls for how long they take (limit now: " + shedding.allowed() + ")");
        }
        Load peer = null;
        Load.Entry entry = Load.Entry.RETIRED;
        while (peers != null && entry == Load.Entry.RETIRED) {
            peer = peers.of(remote);
            entry = peer == null ? Load.Entry.ENTERED : peer.tryEnter();
        }
        if (peer != null && entry != Load.Entry.ENTERED) {
            return refused(remote, why(entry, peer) + " of one peer");
        }
        entry = all.tryEnter();
        if (entry != Load.Entry.ENTERED) {
            leave(peer);
            return refused(remote, why(entry, all));
        }
        if (draining) {
            left(peer, false);
            return refused(STOPPING);
        }
        calls.increment();
        return Permit.held(this, peer);
    }

    /** What decides whether more may run. */
    LoadShedding shedding() {
        return shedding;
    }

    /** Gives how many calls may run now. */
    int allowed() {
        return shedding.allowed();
    }

    private static void leave(@Nullable Load peer) {
        if (peer != null) {
            peer.leave(false);
        }
    }

    private static String why(Load.Entry entry, Load load) {
        return entry == Load.Entry.FULL
                ? "too many concurrent calls (limit: " + load.limit() + ")"
                : "too many abandoned calls (limit: " + load.limit() + ")";
    }

    private Permit refused(String remote, String why) {
        refusals.warn("call from " + (remote.isEmpty() ? "this process" : remote) + " refused: " + why);
        return refused(why);
    }

    private Permit refused(String why) {
        refused.increment();
        return Permit.refused(this, why);
    }

    /**
     * Lets an event in, as soon as there is room: unlike a caller, a broker can wait.
     *
     * @param admitted completes when it may run; fails once draining
     */
    public void enterWhenFree(Promise<Permit> admitted) {
        waiting.add(admitted);
        admitWaiting();
    }

    private void admitWaiting() {
        while (!waiting.isEmpty() && !draining && all.tryEnter() == Load.Entry.ENTERED) {
            Promise<Permit> next = waiting.poll();
            Permit permit = Permit.held(this, null);
            if (next == null) {
                permit.giveBack();
            } else {
                calls.increment();
                Turns.take(() -> next.complete(permit));
            }
        }
        if (draining) {
            refuseWaiting();
        }
    }

    private void refuseWaiting() {
        Promise<Permit> next = waiting.poll();
        while (next != null) {
            next.fail(STOPPING);
            next = waiting.poll();
        }
    }

    /** Gives the counters as they stand, but for errors, which others count. */
    public ServerStatistics statistics() {
        return new ServerStatistics(
                calls.sum(),
                0,
                refused.sum(),
                shed.sum(),
                late.sum(),
                all.running(),
                all.abandoned(),
                shedding.allowed());
    }

    /** The caller of a call that runs waits no more. */
    void abandoned(@Nullable Load peer) {
        all.abandon();
        if (peer != null) {
            peer.abandon();
        }
        endIfDrained(); // the handler may have ended before its abandonment was counted
        admitWaiting();
    }

    private void endIfDrained() {
        if (draining && all.isEmpty()) {
            drained.tryComplete();
        }
    }

    /** Counts an answer whose caller had gone. */
    public void late() {
        late.increment();
    }

    /** A handler has ended. */
    void left(@Nullable Load peer, boolean wasAbandoned) {
        if (peer != null) {
            peer.leave(wasAbandoned);
        }
        all.leave(wasAbandoned);
        endIfDrained();
        if (!waiting.isEmpty()) {
            admitWaiting();
        }
    }

    /** Gives what tells the handlers of calls that run of the drain. */
    public DrainSignal draining() {
        return signal;
    }

    /**
     * Refuses new calls, and events that wait, and tells the handlers of those that run.
     *
     * @return completes when none runs, nor a handler for nobody
     */
    public Future<Void> drain() {
        draining = true;
        signal.begin();
        refuseWaiting();
        endIfDrained();
        return drained.future();
    }
}
