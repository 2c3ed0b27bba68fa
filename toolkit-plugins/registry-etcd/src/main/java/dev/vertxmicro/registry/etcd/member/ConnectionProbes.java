package dev.vertxmicro.registry.etcd.member;

import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Looks now and then whether the other side of a connection is there, for as long as somebody waits for what comes by itself, and ends the
 * connection if not. One look serves all who wait on a connection, as etcd counts the pings of a connection. Confined to one context.
 */
final class ConnectionProbes {
    /** etcd takes a ping every 5 s, and breaks off who sends more. */
    static final Duration INTERVAL = Duration.ofSeconds(8);

    private static final Buffer PING = Buffer.buffer(new byte[8]);

    private final Timers timers;
    private final Duration patience;
    private final Map<HttpConnection, Probe> probes = new HashMap<>();

    /**
     * Looks at nothing yet.
     *
     * @param timers   the clock
     * @param patience how long the other side may take to answer
     */
    ConnectionProbes(Timers timers, Duration patience) {
        this.timers = timers;
        this.patience = patience;
    }

    private final class Probe {
        private final HttpConnection connection;
        private int users;
        private Timer next;

        private Probe(HttpConnection connection) {
            this.connection = connection;
            next = timers.schedule(INTERVAL, this::look);
        }

        private void look() {
            Timer late = timers.schedule(patience, connection::close);
            connection.ping(PING).onComplete(back -> {
                late.cancel();
                if (users > 0) {
                    next = timers.schedule(INTERVAL, this::look);
                }
            });
        }

        private void leave() {
            users--;
            if (users == 0) {
                next.cancel();
                probes.remove(connection, this);
            }
        }
    }

    /**
     * Looks at a connection, too.
     *
     * @param connection in use
     * @return ends that, to be cancelled once
     */
    Timer on(HttpConnection connection) {
        Probe probe = probes.computeIfAbsent(connection, Probe::new);
        probe.users++;
        return probe::leave;
    }
}
