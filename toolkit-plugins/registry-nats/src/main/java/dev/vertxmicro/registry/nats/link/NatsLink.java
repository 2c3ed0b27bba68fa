package dev.vertxmicro.registry.nats.link;

import dev.vertxmicro.time.OutageLines;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timers;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the servers, made when it is first needed; jnats reconnects it. Confined to one context: its methods are called
 * there, and it calls back there.
 */
public final class NatsLink {
    private static final System.Logger LOG = System.getLogger(NatsLink.class.getName());
    private static final RareWarning DROPPED = RareWarning.of(LOG);
    private static final RareWarning UNVERIFIED = RareWarning.of(LOG);
    private static final Duration BRIEF = Duration.ofSeconds(3);

    private final Vertx vertx;
    private final Timers timers;
    private final LinkSettings settings;
    private final NatsTraffic traffic;
    private final LinkListener listener;
    private final OutageLines lines;
    private final LinkReconnection reconnection;
    private Consumer<Boolean> whenUp = brief -> {};
    private Runnable whenDropped = () -> {};
    private @Nullable Connection connection;
    private @Nullable Promise<Void> coming;
    private String server = "";
    private long lost;
    private boolean attempting;
    private boolean up;
    private boolean closed;

    /**
     * Connects to nothing yet.
     *
     * @param vertx    has the threads for what blocks
     * @param timers   the clock
     * @param settings where and how
     * @param context  of the registry
     */
    public NatsLink(Vertx vertx, Timers timers, LinkSettings settings, Executor context) {
        this.vertx = vertx;
        this.timers = timers;
        this.settings = settings;
        this.traffic = new NatsTraffic(settings, context);
        this.lines = new OutageLines(LOG, timers);
        this.reconnection = new LinkReconnection(vertx, settings.reconnectWait());
        this.listener = new LinkListener(context, this);
    }

    /**
     * Sets what is called each time the connection is there, and when messages were dropped because too many came.
     *
     * @param connected called after subscriptions are in place; told whether it is the same server, gone for a moment only
     * @param dropped   called after some were lost
     */
    public void whenever(Consumer<Boolean> connected, Runnable dropped) {
        whenUp = connected;
        whenDropped = dropped;
    }

    /**
     * Gives what is sent and heard over it.
     *
     * @return the traffic, the same for all its connections
     */
    public NatsTraffic traffic() {
        return traffic;
    }

    /**
     * Tells whether it is connected, as far as is known.
     *
     * @return true if so
     */
    public boolean isUp() {
        return up;
    }

    /**
     * Waits for the connection, and makes it if there is none.
     *
     * @return completes when it is there; fails with 500 if no server can be reached in time, or as soon as that is known
     */
    public Future<Void> connected() {
        if (closed) {
            return Future.failedFuture(traffic.unreachable("closed"));
        }
        if (up) {
            return Future.succeededFuture();
        }
        Promise<Void> waiting = Promise.promise();
        long timer = vertx.setTimer(
                settings.requestTimeout().toMillis(),
                late -> waiting.tryFail(traffic.unreachable(listener.lastError())));
        arrival().onComplete(done -> {
            vertx.cancelTimer(timer);
            if (done.succeeded()) {
                waiting.tryComplete();
            } else {
                waiting.tryFail(done.cause());
            }
        });
        attempt();
        return waiting.future();
    }

    private Future<Void> arrival() {
        Promise<Void> known = coming;
        if (known == null) {
            known = Promise.promise();
            coming = known;
        }
        return known.future();
    }

    private void attempt() {
        if (attempting || connection != null || closed) {
            return;
        }
        attempting = true;
        if (settings.tls().enabled() && !settings.tls().verify()) {
            UNVERIFIED.warn(
                    "nats " + traffic.where() + ": tls.verify is false, any server is taken for what it says it is");
        }
        listener.forget();
        vertx.executeBlocking(() -> Nats.connect(LinkOptions.of(vertx, settings, listener, listener)), false)
                .onComplete(made -> {
                    attempting = false;
                    if (made.succeeded()) {
                        arrived(made.result());
                    } else {
                        failed(made.cause());
                    }
                });
    }

    private void arrived(Connection made) {
        if (closed) {
            close(made);
            return;
        }
        connection = made;
        reconnection.arrived();
        traffic.attach(made);
        if (made.getStatus() == Connection.Status.CONNECTED) {
            up(made);
        }
    }

    private void failed(Throwable why) {
        refused(listener.reason(why));
        reconnection.failed(this::attempt);
    }

    /** There will be no connection this time: those who wait for it are told. */
    void refused(String why) {
        Promise<Void> waiting = coming;
        coming = null;
        if (waiting != null) {
            waiting.fail(traffic.unreachable(why));
        }
    }

    /** The connection is there, again or for the first time. */
    void up(Connection which) {
        if (which != connection || up || closed) {
            return;
        }
        up = true;
        traffic.up();
        listener.forget();
        lines.back("nats " + traffic.where());
        Promise<Void> waiting = coming;
        coming = null;
        if (waiting != null) {
            waiting.complete();
        }
        String id = which.getServerInfo().getServerId();
        boolean brief = id.equals(server) && timers.nanoTime() - lost < BRIEF.toNanos();
        server = id;
        whenUp.accept(brief);
    }

    /** The connection is gone; jnats makes it anew. */
    void down(Connection which) {
        if (which == connection && !closed) {
            if (up) {
                lost = timers.nanoTime();
            }
            up = false;
            traffic.down();
            lines.lost("nats " + traffic.where() + ": connection lost, trying again: " + listener.lastError());
        }
    }

    /** The connection is gone and jnats has given up, as it does when it is refused. */
    void ended(Connection which) {
        if (which == connection && !closed) {
            down(which);
            connection = null;
            traffic.detach();
            reconnection.begin(this::attempt);
        }
    }

    /** The server is about to end: where there is another one, goes there before it is sent away. */
    void lameDuck(Connection which) {
        if (which == connection && !closed && which.getServers().size() > 1) {
            reconnection.soon(() -> vertx.executeBlocking(
                    () -> {
                        which.forceReconnect();
                        return true;
                    },
                    false));
        }
    }

    /** Messages came faster than they were taken. */
    void dropped(Connection which) {
        if (which == connection && !closed) {
            DROPPED.warn("nats " + traffic.where() + ": messages dropped, asking anew");
            whenDropped.run();
        }
    }

    /**
     * Closes the connection.
     *
     * @return completes when its threads have ended
     */
    public Future<Void> close() {
        closed = true;
        up = false;
        lines.end();
        reconnection.end();
        Connection own = connection;
        connection = null;
        traffic.detach();
        return own == null ? Future.succeededFuture() : close(own);
    }

    private Future<Void> close(Connection made) {
        return vertx.<Void>executeBlocking(
                        () -> {
                            made.close();
                            return null;
                        },
                        false)
                .otherwiseEmpty();
    }
}
