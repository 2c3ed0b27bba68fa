package dev.vertxmicro.registry.zookeeper.registration;

import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.zookeeper.wire.ZnodeValue;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One node that this process has registered. It lives by a session, and besides no longer than its time to live without
 * a renewal. Its operations run one after the other. Confined to the context of the registry.
 */
@SuppressWarnings("ReferenceEquality") // that very session, not one like it
final class ZnodeRegistration {
    /** A time to live that is longer than a year counts as one. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private final ZnodeSessions sessions;
    private final String path;
    private final Runnable gone;
    private Future<Void> last = Future.succeededFuture();
    private @Nullable TimedSession home;
    private @Nullable ServiceInfo wanted;
    private @Nullable ServiceInfo written;
    private Duration ttl = Duration.ZERO;
    private boolean leaving;
    private long timer = -1;

    /**
     * Registers nothing yet.
     *
     * @param sessions what nodes live by
     * @param path     of this one
     * @param gone     run when it was taken back without being asked for
     */
    ZnodeRegistration(ZnodeSessions sessions, String path, Runnable gone) {
        this.sessions = sessions;
        this.path = path;
        this.gone = gone;
    }

    /**
     * Registers the node, or renews it.
     *
     * @param single the service with this node
     * @param time   to live
     * @return completes when it is there
     */
    Future<Void> register(ServiceInfo single, Duration time) {
        return next(() -> {
            TimedSession session = sessions.of(time);
            boolean same = session == home && single.equals(written) && time.isZero() == ttl.isZero();
            wanted = single;
            ttl = time;
            leaving = false;
            home = session;
            renewed();
            written = same ? written : null;
            return keep(sessions.writing(session, path), single);
        });
    }

    private void renewed() {
        sessions.vertx().cancelTimer(timer);
        if (!ttl.isZero()) {
            long millis = ttl.compareTo(LONGEST) > 0 ? LONGEST.toMillis() : Math.max(1, ttl.toMillis());
            timer = sessions.vertx().setTimer(millis, due -> leave());
        }
    }

    /** Nobody renews it any more: it leaves, now or as soon as there is a connection. */
    private void leave() {
        leaving = true;
        takeBack();
    }

    private void takeBack() {
        next(this::withdraw).onSuccess(done -> {
            if (isGone()) {
                gone.run();
            }
        });
    }

    /**
     * Takes the node back.
     *
     * @return completes when it is not there
     */
    Future<Void> deregister() {
        return next(() -> {
            leaving = true;
            return withdraw();
        });
    }

    private Future<Void> withdraw() {
        if (!leaving) {
            return Future.succeededFuture();
        }
        wanted = null;
        written = null;
        sessions.vertx().cancelTimer(timer);
        TimedSession session = home == null ? sessions.of(ttl) : home;
        home = session;
        return sessions.writing(session, path).delete().onSuccess(gone -> {
            leaving = false;
            home = null;
        });
    }

    /**
     * Puts things right after an outage: registers anew what a new session does not have, takes back what could not be
     * taken back.
     *
     * @param session that is connected
     * @param anew    whether it is a new one
     */
    void settle(TimedSession session, boolean anew) {
        if (session != home) {
            return;
        }
        if (leaving) {
            takeBack();
        } else if (anew) {
            next(() -> {
                ServiceInfo now = wanted;
                return now == null || leaving || session != home
                        ? Future.succeededFuture()
                        : keep(sessions.writing(session, path), now);
            });
        }
    }

    private Future<Void> keep(ZnodeWriting writing, ServiceInfo now) {
        Future<Boolean> there = now.equals(written) ? writing.isThere(ttl.isZero()) : Future.succeededFuture(false);
        return there.compose(
                        is -> is ? Future.<Void>succeededFuture() : writing.write(ZnodeValue.write(now), ttl.isZero()))
                .onSuccess(done -> written = now);
    }

    private Future<Void> next(Supplier<Future<Void>> step) {
        Future<Void> next = last.transform(before -> step.get());
        last = next;
        return next;
    }

    /** Ends what would come later. */
    void stop() {
        sessions.vertx().cancelTimer(timer);
    }

    /**
     * Tells whether the node stays when the session ends.
     *
     * @return true if so
     */
    boolean lasts() {
        return ttl.isZero() && home != null;
    }

    /**
     * Tells whether there is nothing left to do for it.
     *
     * @return true if so
     */
    boolean isGone() {
        return home == null && wanted == null && last.isComplete();
    }
}
