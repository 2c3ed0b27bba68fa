package dev.vertxmicro.bridge.session;

import dev.vertxmicro.bridge.access.ClientMetadata;
import dev.vertxmicro.bridge.access.OwnSubscriptions;
import dev.vertxmicro.engine.eventbus.BusCancellations;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.error.MicroException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What one client sends: requests, whose replies it gets; messages; replies to what it was sent. */
final class BusRequests {
    private static final String PUBLISH = BusProtocol.publish(BusProtocol.BROKER);

    private final OpenSessions shared;
    private final BridgeSession session;
    private final Unanswered unanswered;
    private final String prefix = UUID.randomUUID() + "-";
    private final Set<String> calls = new HashSet<>();
    private final OwnSubscriptions subscriptions = new OwnSubscriptions();
    private long named;
    private int inFlight;

    BusRequests(OpenSessions shared, BridgeSession session) {
        this.shared = shared;
        this.session = session;
        this.unanswered = new Unanswered(
                shared.limits().maxUnanswered(), shared.limits().replyTimeout().toNanos());
    }

    void send(String address, @Nullable String reply, FrameHeaders headers, JsonObject frame) {
        Optional<Message<?>> asked = unanswered.take(address);
        if (asked.isPresent()) {
            follow(asked.get(), reply, headers, frame);
            return;
        }
        Object body = headers.body(frame);
        if (!mayBeSent(address, reply, headers, body)) {
            return;
        }
        String call = identify(address, headers.passed());
        DeliveryOptions options = headers.options(shared.limits().replyTimeout());
        if (reply == null && !isWork(address)) {
            shared.bus().send(address, body, options);
        } else if (inFlight >= shared.limits().maxInFlight() || !shared.enterRequest()) {
            session.deny(address, reply, "too_many_requests", 503);
        } else if (address.equals(BusProtocol.BROKER) && !shared.access().isFree(session.visitor(), address)) {
            subscription(reply, body, options);
        } else {
            wait(address, reply, call, () -> shared.bus().request(address, body, options));
        }
    }

    /** What a client has at the broker is counted, as its addresses are. */
    private void subscription(@Nullable String reply, @Nullable Object body, DeliveryOptions options) {
        OwnSubscriptions.Key key = OwnSubscriptions.Key.of(options.getHeaders());
        String action = options.getHeaders().get(BusProtocol.ACTION);
        Object sent = body;
        boolean fresh = false;
        if ("subscribe".equals(action)) {
            sent = OwnSubscriptions.bounded(body, shared.limits().maxUnanswered());
            fresh = !subscriptions.has(key);
            if (fresh && (subscriptions.size() >= shared.limits().maxHandlers() || !shared.enterHandler())) {
                shared.leaveRequest();
                session.deny(BusProtocol.BROKER, reply, "max_handlers_reached", 503);
                return;
            }
            subscriptions.add(key);
        }
        boolean added = fresh;
        Object asked = sent;
        wait(BusProtocol.BROKER, reply, "", () -> shared.bus()
                .request(BusProtocol.BROKER, asked, options)
                .onComplete(done -> {
                    if (done.succeeded() ? "unsubscribe".equals(action) : added) {
                        ended(key);
                    }
                }));
    }

    private void ended(OwnSubscriptions.Key key) {
        if (subscriptions.remove(key)) {
            shared.leaveHandler();
        }
    }

    /** Takes back what an owner has subscribed that listens no more; until that is done it counts. */
    void unsubscribe(String owner) {
        for (OwnSubscriptions.Key key : subscriptions.of(owner)) {
            DeliveryOptions leaving = new DeliveryOptions()
                    .addHeader(BusProtocol.ACTION, "unsubscribe")
                    .addHeader(BusProtocol.OWNER, owner)
                    .addHeader(BusProtocol.SUBSCRIPTION, key.id())
                    .setSendTimeout(shared.limits().replyTimeout().toMillis());
            shared.bus().request(BusProtocol.BROKER, null, leaving).onComplete(done -> ended(key));
        }
    }

    void publish(String address, FrameHeaders headers, JsonObject frame) {
        Object body = headers.body(frame);
        if (isWork(address)) {
            shared.warn(session.peer() + " may not publish to " + address + " (expected: send)");
            session.deny(address, null, "access_denied", 403);
        } else if (mayBeSent(address, null, headers, body)) {
            identify(address, headers.passed());
            shared.bus().publish(address, body, headers.options(shared.limits().replyTimeout()));
        }
    }

    private boolean mayBeSent(String address, @Nullable String reply, FrameHeaders headers, @Nullable Object body) {
        if (shared.access().mayBeSent(session.visitor(), address, headers.passed(), body, session::listensAt)) {
            restrict(address, headers.passed());
            return true;
        }
        shared.warn(session.peer() + " may not send this to " + address);
        session.deny(address, reply, "access_denied", 403);
        return false;
    }

    private void restrict(String address, MultiMap headers) {
        if (shared.access().isFree(session.visitor(), address)) {
            ClientMetadata.removeUser(headers);
            return;
        }
        List<String> taken = ClientMetadata.restrict(
                headers, session.visitor(), name -> shared.access().mayClaim(session.visitor(), name));
        if (!taken.isEmpty()) {
            shared.warn(session.peer() + " may not set metadata, which was taken away: " + String.join(", ", taken));
        }
    }

    /**
     * Makes the ids that a client gives its calls and messages ids of its own, so that it cancels no call of another, and has no message
     * of another taken for a repetition; each call gets one.
     */
    private String identify(String address, MultiMap headers) {
        String message = headers.get(BusProtocol.ID);
        if (message != null && address.equals(PUBLISH) && !shared.access().isFree(session.visitor(), address)) {
            String name = session.visitor().name();
            headers.set(BusProtocol.ID, name.isEmpty() ? prefix + message : "bridge/" + name + "/" + message);
        }
        boolean client = address.equals(BusProtocol.CLIENT);
        if (!client && !address.equals(BusProtocol.CANCEL)) {
            return "";
        }
        String given = headers.get(BusProtocol.CALL);
        String call = prefix + (given == null ? "#" + ++named : given);
        headers.set(BusProtocol.CALL, call);
        return client ? call : "";
    }

    /** What makes others work counts as long as they do, also where the client does not wait for it. */
    private static boolean isWork(String address) {
        return address.equals(BusProtocol.CLIENT) || address.equals(PUBLISH) || address.equals(BusProtocol.BROKER);
    }

    /** Waits for a reply; the request has been counted in all already. */
    private void wait(String address, @Nullable String reply, String call, Supplier<Future<Message<Object>>> request) {
        inFlight++;
        if (!call.isEmpty()) {
            calls.add(call);
        }
        asked(request).onComplete(done -> {
            inFlight--;
            shared.leaveRequest();
            calls.remove(call);
            if (!call.isEmpty()
                    && done.cause() instanceof ReplyException late
                    && late.failureType() == ReplyFailure.TIMEOUT) {
                BusCancellations.publish(shared.bus(), call); // nobody counts it any more, so nobody may go on with it
            }
            if (reply != null) {
                answered(address, reply, done);
            }
        });
    }

    /** Also what cannot be sent at all gives its place back. */
    private static Future<Message<Object>> asked(Supplier<Future<Message<Object>>> request) {
        try {
            return request.get();
        } catch (RuntimeException unsendable) {
            return Future.failedFuture(unsendable);
        }
    }

    private void answered(String address, String reply, AsyncResult<Message<Object>> done) {
        if (done.succeeded()) {
            session.deliver(reply, done.result(), true);
        } else if (done.cause() instanceof ReplyException failure) {
            session.failed(address, reply, failure);
        } else {
            session.deny(address, reply, String.valueOf(done.cause().getMessage()), 500);
        }
    }

    /** A call always ends: who has been asked for a reply, and gives none that can be passed on, has failed it. */
    private void follow(Message<?> asked, @Nullable String reply, FrameHeaders headers, JsonObject frame) {
        try {
            answer(asked, reply, headers, frame);
        } catch (RuntimeException unreadable) {
            fail(
                    asked,
                    MicroException.internal(asked.address(), "the client of the bridge gave no reply that can be read")
                            .withoutStackTrace());
            throw unreadable;
        }
    }

    private void answer(Message<?> asked, @Nullable String reply, FrameHeaders headers, JsonObject frame) {
        ClientMetadata.restrictReply(headers.passed());
        Integer code = frame.getInteger("failureCode");
        headers.passed().remove(BusProtocol.STREAM_ADDRESS); // streams end before the bridge
        DeliveryOptions options = headers.options(shared.limits().replyTimeout());
        if (code != null) {
            asked.fail(code, frame.getString("message", ""));
        } else if (reply == null) {
            asked.reply(headers.body(frame), options);
        } else if (inFlight < shared.limits().maxInFlight() && shared.enterRequest()) {
            Object body = headers.body(frame);
            wait(asked.address(), reply, "", () -> asked.replyAndRequest(body, options));
        } else {
            fail(
                    asked,
                    MicroException.unavailable(asked.address(), "too_many_requests")
                            .withoutStackTrace());
            session.deny(asked.address(), reply, "too_many_requests", 503);
        }
    }

    /** Lets the client answer a message, unless it owes enough replies. */
    boolean expectReply(String reply, Message<?> message) {
        return unanswered.add(reply, message);
    }

    /** Tells the sender of a message that it is not answered by the client. */
    void fail(Message<?> message, MicroException error) {
        String reply = message.replyAddress();
        if (reply != null) {
            unanswered.take(reply);
            message.fail(error.code(), error.text());
        }
    }

    void expire(long now) {
        unanswered.expire(
                now,
                message -> fail(
                        message,
                        MicroException.timeout(message.address(), "the client of the bridge did not reply in time")));
    }

    void close() {
        unanswered.drop(message -> fail(
                message,
                MicroException.internal(message.address(), "the client of the bridge has gone")
                        .withoutStackTrace()));
        List.copyOf(calls).forEach(call -> BusCancellations.publish(shared.bus(), call));
    }
}
