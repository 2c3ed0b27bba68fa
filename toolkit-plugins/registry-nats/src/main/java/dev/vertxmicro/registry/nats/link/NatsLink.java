package dev.vertxmicro.registry.nats.link;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.time.OutageLines;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timers;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamStatusException;
import io.nats.client.Message;
import io.nats.client.NUID;
import io.nats.client.Nats;
import io.nats.client.impl.Headers;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the servers, made when it is first needed; jnats reconnects it. Confined to one context: its methods are called
 * there, and it calls back there.
 */
public final class NatsLink {
    /** Id of errors. */
    public static final String ERROR_ID = "go.micro.registry";

    private static final System.Logger LOG = System.getLogger(NatsLink.class.getName());
    private static final RareWarning DROPPED = RareWarning.of(LOG);
    private static final RareWarning UNVERIFIED = RareWarning.of(LOG);
    private static final Duration BRIEF = Duration.ofSeconds(3);
    private static final long PENDING_MESSAGES = 65_536;
    private static final long PENDING_BYTES = 64L * 1024 * 1024;

    private final Vertx vertx;
    private final Timers timers;
    private final LinkSettings settings;
    private final Executor context;
    private final LinkListener listener;
    private final OutageLines lines;
    private final LinkReconnection reconnection;
    private final String inbox = "_INBOX." + NUID.nextGlobal();
    private final MessageHandover handover;
    private final Map<String, Handler<Message>> listening = new LinkedHashMap<>();
    private final Set<Promise<?>> pending = new LinkedHashSet<>();
    private Consumer<Boolean> whenUp = brief -> {};
    private Runnable whenDropped = () -> {};
    private @Nullable Connection connection;
    private @Nullable Dispatcher dispatcher;
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
        this.context = context;
        this.handover = new MessageHandover(context);
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
     * Gives a subject that only this connection listens to.
     *
     * @param suffix its last tokens
     * @return the subject
     */
    public String inbox(String suffix) {
        return inbox + "." + suffix;
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
            return Future.failedFuture(unreachable("closed"));
        }
        if (up) {
            return Future.succeededFuture();
        }
        Promise<Void> waiting = Promise.promise();
        long timer = vertx.setTimer(
                settings.requestTimeout().toMillis(), late -> waiting.tryFail(unreachable(listener.lastError())));
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
            UNVERIFIED.warn("nats " + where() + ": tls.verify is false, any server is taken for what it says it is");
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
        Dispatcher own = made.createDispatcher();
        own.setPendingLimits(PENDING_MESSAGES, PENDING_BYTES);
        dispatcher = own;
        listening.forEach((subject, receiver) -> own.subscribe(subject, handover.to(receiver)));
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
            waiting.fail(unreachable(why));
        }
    }

    /** The connection is there, again or for the first time. */
    void up(Connection which) {
        if (which != connection || up || closed) {
            return;
        }
        up = true;
        listener.forget();
        lines.back("nats " + where());
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
            List<Promise<?>> failing = List.copyOf(pending);
            pending.clear();
            failing.forEach(waiting -> waiting.tryFail(unreachable("connection lost")));
            lines.lost("nats " + where() + ": connection lost, trying again: " + listener.lastError());
        }
    }

    /** The connection is gone and jnats has given up, as it does when it is refused. */
    void ended(Connection which) {
        if (which == connection && !closed) {
            down(which);
            connection = null;
            dispatcher = null;
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
            DROPPED.warn("nats " + where() + ": messages dropped, asking anew");
            whenDropped.run();
        }
    }

    private String where() {
        return String.join(", ", settings.addresses());
    }

    /**
     * Makes a promise of something that comes by this connection: it fails with 500 when that is lost.
     *
     * @param <T> type of what comes
     * @return the promise
     */
    public <T> Promise<T> pending() {
        Promise<T> waiting = Promise.promise();
        pending.add(waiting);
        waiting.future().onComplete(done -> pending.remove(waiting));
        return waiting;
    }

    /**
     * Makes the error for a server that does not answer.
     *
     * @param why what is known of it
     * @return the error
     */
    public MicroException unreachable(String why) {
        return MicroException.internal(ERROR_ID, "nats " + where() + ": " + why).withoutStackTrace();
    }

    /**
     * Makes the error for a server that has nobody for a request.
     *
     * @param why what is known of it
     * @return the error
     */
    public MicroException unserved(String why) {
        return MicroException.of(ERROR_ID, 503, "nats " + where() + ": " + why).withoutStackTrace();
    }

    /**
     * Listens to a subject until {@link #ignore}, on every connection to come.
     *
     * @param subject  what is listened to
     * @param receiver is called on the context
     */
    public void listen(String subject, Handler<Message> receiver) {
        Dispatcher own = dispatcher;
        if (listening.put(subject, receiver) == null && own != null) {
            own.subscribe(subject, handover.to(receiver));
        }
    }

    /**
     * Listens no more.
     *
     * @param subject what was listened to
     */
    public void ignore(String subject) {
        Dispatcher own = dispatcher;
        if (listening.remove(subject) != null && own != null) {
            attempt(() -> own.unsubscribe(subject));
        }
    }

    /**
     * Sends a message; whether it arrives is not known.
     *
     * @param subject where to
     * @param reply   where answers go; empty for none
     * @param body    the message
     * @return fails with 400 if it is too large for the server, with 500 if there is no connection
     */
    public Future<Void> publish(String subject, String reply, byte[] body) {
        Connection own = connection;
        if (own == null || !up) {
            return Future.failedFuture(unreachable("not connected"));
        }
        if (body.length > own.getMaxPayload()) {
            return Future.failedFuture(tooLarge(body, own));
        }
        return attempt(() -> own.publish(subject, reply.isEmpty() ? null : reply, body));
    }

    private static MicroException tooLarge(byte[] body, Connection own) {
        return MicroException.badRequest(
                ERROR_ID,
                "service: " + body.length + " bytes (expected: <= " + own.getMaxPayload()
                        + ", max_payload of the server)");
    }

    private Future<Void> attempt(Runnable action) {
        try {
            action.run();
            return Future.succeededFuture();
        } catch (RuntimeException e) { // closed meanwhile, or no room
            return Future.failedFuture(unreachable(String.valueOf(e.getMessage())));
        }
    }

    /**
     * Sends a message and waits for one answer.
     *
     * @param subject where to
     * @param headers of the message, if any
     * @param body    the message
     * @return the answer; fails with 400 if the message is too large, with 503 if nobody is there to answer, with 500 if nobody does in
     *     time
     */
    public Future<Message> request(String subject, @Nullable Headers headers, byte[] body) {
        Connection own = connection;
        if (own == null || !up) {
            return Future.failedFuture(unreachable("not connected"));
        }
        if (body.length > own.getMaxPayload()) {
            return Future.failedFuture(tooLarge(body, own));
        }
        Promise<Message> answer = pending();
        try {
            own.requestWithTimeout(subject, headers, body, settings.requestTimeout())
                    .whenComplete((message, failure) -> context.execute(() -> {
                        if (failure == null) {
                            answer.tryComplete(message);
                        } else {
                            answer.tryFail(unanswered(subject, failure));
                        }
                    }));
        } catch (RuntimeException e) {
            answer.tryFail(unreachable(String.valueOf(e.getMessage())));
        }
        return answer.future();
    }

    private MicroException unanswered(String subject, Throwable failure) {
        return failure instanceof JetStreamStatusException
                ? unserved(subject + ": nobody serves it (expected: JetStream)")
                : unreachable(subject + ": no answer within " + settings.requestTimeout().toMillis() + " ms");
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
