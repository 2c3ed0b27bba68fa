package dev.vertxmicro.eventbus.broker;

import dev.vertxmicro.engine.eventbus.Presence;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Watches the BrokerVerticle that publishes just now. While it owes answers and gives no sign of life nothing more is sent to it: what
 * waits here has provably not been published, and goes to whoever publishes next. Of those without an address of their own, as in
 * earlier versions, nothing is known; they are sent to. May be used from any thread.
 */
final class HolderWatch {
    /** So long after the last word of one that owes answers it is asked for a sign of life. */
    static final Duration SUSPICIOUS = Duration.ofMillis(20);
    /** So long it may take to give one. */
    static final Duration PATIENCE = Duration.ofMillis(30);
    /** How often it is looked who publishes, while nobody does. */
    static final Duration LOOK = Duration.ofMillis(250);

    private final BrokerLine line;
    private final Timers timers;
    private final Set<Promise<Void>> held = new LinkedHashSet<>();
    private String watched;
    private int owed;
    private long heardAt;
    private boolean asked;
    private boolean silent;
    private boolean stopped;
    private Timer next = () -> {};

    HolderWatch(BrokerLine line, Timers timers) {
        this.line = line;
        this.timers = timers;
        this.watched = line.route().address();
        line.route().onChange(this::moved);
    }

    /** Tells where the next message goes, and counts it; null while it is to be held back. */
    synchronized @Nullable String begin() {
        if (silent) {
            return null;
        }
        if (line.route().known()) {
            if (owed == 0) {
                heardAt = timers.nanoTime();
            } else if (!asked && silentFor(SUSPICIOUS)) {
                suspect();
            }
            owed++;
        }
        return watched;
    }

    private boolean silentFor(Duration time) {
        return timers.nanoTime() - heardAt >= time.toNanos();
    }

    /** What was sent to an address has ended, with an answer or a failure. */
    synchronized void end(String sentTo, @Nullable Throwable failure) {
        if (sentTo.equals(watched) && owed > 0) {
            owed--;
            if (!(failure instanceof MicroException error) || error.code() != BrokerLine.UNKNOWN) {
                heard();
            }
        }
    }

    /** Completes when there is somebody to send to; fails if that takes longer than this. */
    Future<Void> held(Duration most) {
        Promise<Void> free = timers.promise();
        synchronized (this) {
            if (!silent) {
                return Future.succeededFuture();
            }
            held.add(free);
        }
        Timer timer = timers.schedule(most, () -> give(free));
        return free.future().onComplete(done -> timer.cancel());
    }

    private void give(Promise<Void> late) {
        synchronized (this) {
            held.remove(late);
        }
        late.tryFail(line.nobodyPublishes());
    }

    /** Another publishes; or none that is known, and who was asked last may still seem to be there: it is looked who is. */
    private synchronized void moved() {
        watched = line.route().address();
        owed = 0;
        asked = false;
        if (line.route().known() || stopped) {
            heard();
        } else if (!silent) {
            silent = true;
            look();
        }
    }

    /** Holds nothing back any more, until something is sent. */
    synchronized void stop() {
        stopped = true;
        heard();
    }

    /** Begins anew after the end. */
    synchronized void start() {
        stopped = false;
    }

    private void heard() {
        heardAt = timers.nanoTime();
        silent = false;
        List<Promise<Void>> free = List.copyOf(held);
        held.clear();
        free.forEach(Promise::tryComplete);
    }

    private void suspect() {
        asked = true;
        String suspected = watched;
        ask(suspected);
        timers.schedule(PATIENCE, () -> unanswered(suspected));
    }

    private void ask(String suspected) {
        line.sign(suspected, "health").onComplete(sign -> sign(suspected, sign.succeeded(), sign.cause()));
    }

    private void sign(String suspected, boolean answered, @Nullable Throwable failure) {
        if (failure != null && Presence.nobody(failure)) {
            line.route().left(suspected);
        }
        synchronized (this) {
            if (suspected.equals(watched)) {
                asked = false;
                if (answered) {
                    heard();
                }
            }
        }
    }

    private synchronized void unanswered(String suspected) {
        if (suspected.equals(watched) && owed > 0 && silentFor(SUSPICIOUS.plus(PATIENCE))) {
            silent = true;
            look();
        }
    }

    /** Looks whether it goes on, and who else does, until somebody does, or nobody is there. */
    private synchronized void look() {
        if (silent) {
            if (line.route().known()) {
                ask(watched);
            }
            line.sign(line.address(), "ping").onComplete(this::told);
            next.cancel();
            next = timers.schedule(LOOK, this::look);
        }
    }

    private void told(AsyncResult<JsonObject> said) {
        if (said.succeeded()) {
            line.route().heard(said.result());
        }
        boolean decided = said.succeeded() || Presence.nobody(said.cause());
        synchronized (this) {
            if (decided && !line.route().known()) {
                heard();
            }
        }
    }

    /** How many are held back. */
    synchronized int size() {
        return held.size();
    }
}
