package dev.vertxmicro.registry.zookeeper.registration;

import dev.vertxmicro.registry.zookeeper.session.SessionSettings;
import dev.vertxmicro.registry.zookeeper.session.ZookeeperSession;
import dev.vertxmicro.time.OutageLines;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The sessions that nodes live by, for three quarters of their time to live, as servers end sessions late by a tick and
 * others may hear of it late: as a session ends after a time of its own, nodes with much different times to live
 * have different ones. There are ten at most, as each serves times up to twice its own. Confined to the context of the
 * registry.
 */
final class ZnodeSessions {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration ANY = Duration.ofSeconds(10);

    private final SessionSettings settings;
    private final OutageLines lines;
    private final BiConsumer<TimedSession, Boolean> connected;
    private final List<TimedSession> all = new ArrayList<>();

    ZnodeSessions(SessionSettings settings, OutageLines lines, BiConsumer<TimedSession, Boolean> connected) {
        this.settings = settings;
        this.lines = lines;
        this.connected = connected;
    }

    Vertx vertx() {
        return settings.vertx();
    }

    /**
     * Finds the session for a time to live, or makes it.
     *
     * @param ttl the time; zero for nodes that live by none, which any will do for
     * @return the session
     */
    TimedSession of(Duration ttl) {
        if (ttl.isZero()) {
            return all.isEmpty() ? make(ANY) : all.get(0);
        }
        Duration due =
                (ttl.compareTo(LONGEST) > 0 ? LONGEST : ttl).multipliedBy(3).dividedBy(4);
        Duration timeout = due.compareTo(SHORTEST) < 0 ? SHORTEST : due;
        return all.stream()
                .filter(session -> session.suits(timeout))
                .findFirst()
                .orElseGet(() -> make(timeout));
    }

    private TimedSession make(Duration timeout) {
        TimedSession[] made = new TimedSession[1];
        ZookeeperSession session =
                new ZookeeperSession(settings, timeout, lines, anew -> connected.accept(made[0], anew));
        made[0] = new TimedSession(timeout, session);
        all.add(made[0]);
        return made[0];
    }

    ZnodeWriting writing(TimedSession session, String path) {
        return new ZnodeWriting(session.session(), settings.permissions(), path);
    }

    /**
     * Ends all, and the nodes that live by them.
     *
     * @return completes when that is done, or has taken too long
     */
    Future<Void> close() {
        return Future.join(all.stream().map(each -> each.session().close()).toList())
                .mapEmpty();
    }
}
