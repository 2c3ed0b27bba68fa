package dev.vertxmicro.bridge.session;

import dev.vertxmicro.bridge.access.Access;
import dev.vertxmicro.bridge.access.TokenVerifier;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.time.RareWarning;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The connections of one bridge, and what they share. Used on the context of the bridge. */
public final class OpenSessions {
    private static final System.Logger LOG = System.getLogger(OpenSessions.class.getName());
    private static final int SWEEPS = 4;
    private static final long GRACE = 2_000;
    private static final long SHORTEST = 10;
    private static final long LONGEST = 5_000;

    private final Vertx vertx;
    private final Context context;
    private final Access access;
    private final TokenVerifier tokens;
    private final BridgeLimits limits;
    private final Headcount headcount;
    private final RareWarning log;
    private final RareWarning handlersLog;
    private final Set<BridgeSession> open = new HashSet<>();
    private final Set<String> owners = new HashSet<>();
    private final long timer;
    private int handlers;
    private int inFlight;

    /**
     * Begins with none.
     *
     * @param vertx  the engine
     * @param access what may pass
     * @param tokens who is believed
     * @param limits what clients may use up
     */
    public OpenSessions(Vertx vertx, Access access, TokenVerifier tokens, BridgeLimits limits) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.access = access;
        this.tokens = tokens;
        this.limits = limits;
        this.headcount = new Headcount(limits);
        this.log = new RareWarning(LOG, VertxTimers.of(vertx));
        this.handlersLog = new RareWarning(LOG, VertxTimers.of(vertx));
        long shorter =
                Math.min(limits.idleTimeout().toMillis(), limits.replyTimeout().toMillis());
        this.timer = vertx.setPeriodic(Math.max(SHORTEST, Math.min(LONGEST, shorter / SWEEPS)), now -> sweep());
    }

    private void sweep() {
        long now = System.nanoTime();
        List.copyOf(open).forEach(session -> session.sweep(now));
    }

    BridgeSession begin(BridgeWire wire) {
        BridgeSession session = new BridgeSession(this, wire);
        open.add(session);
        return session;
    }

    void ended(BridgeSession session) {
        open.remove(session);
    }

    /** Takes the address of an owner for one connection; false if another has it. */
    boolean take(String owner) {
        return owners.add(owner);
    }

    /** Counts one address or subscription more, unless there are enough in all. */
    boolean enterHandler() {
        boolean room = handlers < limits.maxHandlersInAll();
        handlers += room ? 1 : 0;
        return room;
    }

    void leaveHandler() {
        handlers--;
    }

    /** Counts one request more, unless there are enough in all. */
    boolean enterRequest() {
        boolean room = inFlight < limits.maxInFlightInAll();
        inFlight += room ? 1 : 0;
        return room;
    }

    void leaveRequest() {
        inFlight--;
    }

    void release(String owner) {
        owners.remove(owner);
    }

    /** Does something when a client has had its time. */
    void soon(Runnable task) {
        vertx.setTimer(GRACE, now -> task.run());
    }

    /** Does something on the context of the bridge, when what is under way there has come to its end. */
    void next(Runnable task) {
        context.runOnContext(now -> task.run());
    }

    EventBus bus() {
        return vertx.eventBus();
    }

    Access access() {
        return access;
    }

    TokenVerifier tokens() {
        return tokens;
    }

    BridgeLimits limits() {
        return limits;
    }

    Headcount headcount() {
        return headcount;
    }

    /** Says what a client did wrong, now and then. */
    void warn(String text) {
        log.warn("bridge: " + text);
    }

    /** Says what a client has become, now and then. */
    void info(String text) {
        handlersLog.info("bridge: " + text);
    }

    /** Tells how many connections there are, those included that have said nothing yet. */
    public int size() {
        return headcount.all();
    }

    /** Closes all connections. */
    public void close() {
        vertx.cancelTimer(timer);
        List.copyOf(open).forEach(BridgeSession::close);
    }
}
