package dev.vertxmicro.registry.zookeeper.session;

import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.RareWarning;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether servers take new sessions while they do not take ours. A server that has lost its memory refuses
 * whoever has seen more than it knows, without a word; only another session helps then. Confined to the context of the
 * registry.
 */
final class ConnectionProbe {
    private static final RareWarning FAILED = RareWarning.of(LateLogger.of(ConnectionProbe.class));
    private static final long FIRST_MILLIS = 1000;
    private static final long LONGEST_MILLIS = 10_000;
    private static final int SESSION_MILLIS = 10_000;
    private static final int ROUND_TRIPS = 3;
    private static final long NANOS_A_MILLI = 1_000_000;

    private final SessionSettings settings;
    private final Runnable giveUp;
    private @Nullable ZooKeeper running;
    private long timer = -1;
    private long pause = FIRST_MILLIS;
    private int round;

    /**
     * Probes nothing yet.
     *
     * @param settings of the registry
     * @param giveUp   run when servers take others but, for as long as that took, not us
     */
    ConnectionProbe(SessionSettings settings, Runnable giveUp) {
        this.settings = settings;
        this.giveUp = giveUp;
    }

    /** Begins, soon, unless {@link #stop} comes before. */
    void start() {
        end();
        int mine = round;
        timer = settings.vertx().setTimer(pause, due -> connect(mine));
    }

    private void connect(int mine) {
        // A name that cannot be looked up at once must not hold up the event loop.
        Callable<ZooKeeper> made = () -> make(event -> {
            if (event.getState() == KeeperState.SyncConnected) {
                settings.context().execute(() -> connected(mine));
            }
        });
        settings.vertx().executeBlocking(made, false).onComplete(done -> settings.context()
                .execute(() -> {
                    if (done.failed()) {
                        FAILED.warn("zookeeper: probe: " + done.cause());
                        if (mine == round) {
                            start();
                        }
                    } else if (mine == round) {
                        running = done.result();
                        if (running.getState().isConnected()) {
                            connected(mine);
                        }
                    } else {
                        close(done.result());
                    }
                }));
    }

    private ZooKeeper make(Watcher told) throws IOException {
        return new ZooKeeper(settings.servers(), SESSION_MILLIS, told, false, CuratorThread.config());
    }

    private void connected(int mine) {
        ZooKeeper probing = running;
        if (mine != round || probing == null) {
            return;
        }
        long begun = System.nanoTime();
        probing.exists(
                "/",
                false,
                (code, path, context, stat) -> {
                    if (code == Code.OK.intValue()) {
                        answered(mine, System.nanoTime() - begun);
                    }
                },
                this);
    }

    /**
     * On ZooKeeper's own thread. To connect takes two round trips, and a client waits up to a second before it tries an
     * address.
     */
    private void answered(int mine, long nanos) {
        long patience = settings.addresses().size() * FIRST_MILLIS + ROUND_TRIPS * nanos / NANOS_A_MILLI;
        settings.context().execute(() -> {
            if (mine == round) {
                settings.vertx().cancelTimer(timer);
                timer = settings.vertx().setTimer(patience, due -> giveUp());
            }
        });
    }

    private void giveUp() {
        giveUp.run();
        pause = Math.min(LONGEST_MILLIS, pause * 2);
        start();
    }

    /** Ends: there is a connection, or none is wanted. */
    void stop() {
        end();
        pause = FIRST_MILLIS;
    }

    private void end() {
        round++;
        settings.vertx().cancelTimer(timer);
        ZooKeeper ended = running;
        running = null;
        if (ended != null) {
            close(ended);
        }
    }

    private void close(ZooKeeper ended) {
        Callable<Boolean> closed = () -> ended.close(1);
        settings.vertx().executeBlocking(closed, false).onFailure(e -> FAILED.warn("zookeeper: probe: " + e));
    }
}
