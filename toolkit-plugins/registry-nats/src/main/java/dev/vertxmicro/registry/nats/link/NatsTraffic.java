package dev.vertxmicro.registry.nats.link;

import dev.vertxmicro.error.MicroException;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamStatusException;
import io.nats.client.Message;
import io.nats.client.NUID;
import io.nats.client.Subscription;
import io.nats.client.impl.Headers;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What is sent and heard over the connection of a link, whichever that is at the time. Confined to the context of the link: its methods are
 * called there, and it calls back there.
 */
public final class NatsTraffic {
    /** Id of errors. */
    public static final String ERROR_ID = "go.micro.registry";

    private static final long PENDING_MESSAGES = 262_144;
    private static final long PENDING_BYTES = 64L * 1024 * 1024;

    private final LinkSettings settings;
    private final Executor context;
    private final MessageHandover handover;
    private final String inbox = "_INBOX." + NUID.nextGlobal();
    private final Map<String, Handler<Message>> listening = new LinkedHashMap<>();
    private final Map<String, Subscription> subscriptions = new HashMap<>();
    private final Set<Promise<?>> pending = new LinkedHashSet<>();
    private @Nullable Connection connection;
    private @Nullable Dispatcher dispatcher;
    private boolean up;

    NatsTraffic(LinkSettings settings, Executor context) {
        this.settings = settings;
        this.context = context;
        this.handover = new MessageHandover(context);
    }

    /** Goes over this connection from now on. */
    void attach(Connection made) {
        connection = made;
        Dispatcher own = made.createDispatcher();
        own.setPendingLimits(PENDING_MESSAGES, PENDING_BYTES);
        dispatcher = own;
        listening.forEach((subject, receiver) -> subscribe(own, subject, receiver));
    }

    /** Has no connection any more. */
    void detach() {
        down();
        connection = null;
        dispatcher = null;
        subscriptions.clear();
    }

    /** The connection is there. */
    void up() {
        up = true;
    }

    /** The connection is gone for now: what was to come by it will not. */
    void down() {
        up = false;
        List<Promise<?>> failing = List.copyOf(pending);
        pending.clear();
        failing.forEach(waiting -> waiting.tryFail(unreachable("connection lost")));
    }

    /** Names the servers. */
    String where() {
        return String.join(", ", settings.addresses());
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
        if (listening.putIfAbsent(subject, receiver) == null && own != null) {
            subscribe(own, subject, receiver);
        }
    }

    private void subscribe(Dispatcher own, String subject, Handler<Message> receiver) {
        attempt(() -> subscriptions.put(subject, own.subscribe(subject, handover.to(receiver))));
    }

    /**
     * Listens no more.
     *
     * @param subject what was listened to
     */
    public void ignore(String subject) {
        Dispatcher own = dispatcher;
        listening.remove(subject);
        Subscription known = subscriptions.remove(subject);
        if (known != null && own != null) {
            attempt(() -> own.unsubscribe(known));
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
            CompletableFuture<Message> unused = own.requestWithTimeout(
                            subject, headers, body, settings.requestTimeout())
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
                : unreachable(subject + ": no answer within "
                        + settings.requestTimeout().toMillis() + " ms");
    }
}
