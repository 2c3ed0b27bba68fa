package dev.vertxmicro.bridge.session;

import dev.vertxmicro.engine.eventbus.BusCancellations;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.error.MicroException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one client sends: requests, whose replies it gets; messages; replies to what it was sent. */
final class BusRequests {
    private static final String PUBLISH = BusProtocol.publish(BusProtocol.BROKER);

    private final OpenSessions shared;
    private final BridgeSession session;
    private final Unanswered unanswered;
    private final String prefix = UUID.randomUUID() + "-";
    private final Set<String> calls = new HashSet<>();
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
            answer(asked.get(), reply, headers, frame);
        } else if (mayBeSent(address, reply, headers)) {
            String call = identify(address, headers.passed());
            DeliveryOptions options = headers.options(shared.limits().replyTimeout());
            if (reply == null && !isWork(address)) {
                shared.bus().send(address, headers.body(frame), options);
            } else if (inFlight < shared.limits().maxInFlight()) {
                wait(address, reply, call, shared.bus().request(address, headers.body(frame), options));
            } else {
                session.deny(address, reply, "too_many_requests", 503);
            }
        }
    }

    void publish(String address, FrameHeaders headers, JsonObject frame) {
        if (mayBeSent(address, null, headers)) {
            identify(address, headers.passed());
            shared.bus()
                    .publish(
                            address,
                            headers.body(frame),
                            headers.options(shared.limits().replyTimeout()));
        }
    }

    private boolean mayBeSent(String address, @Nullable String reply, FrameHeaders headers) {
        if (shared.access().mayBeSent(session.visitor(), address, headers.passed(), session::listensAt)) {
            return true;
        }
        shared.warn(session.peer() + " may not send this to " + address);
        session.deny(address, reply, "access_denied", 403);
        return false;
    }

    /** Makes the ids that a client gives its calls ids of its own, so that it cancels no call of another; each call gets one. */
    private String identify(String address, MultiMap headers) {
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
        return address.equals(BusProtocol.CLIENT) || address.equals(PUBLISH);
    }

    private void wait(String address, @Nullable String reply, String call, Future<Message<Object>> replied) {
        inFlight++;
        if (!call.isEmpty()) {
            calls.add(call);
        }
        replied.onComplete(done -> {
            inFlight--;
            calls.remove(call);
            if (reply != null) {
                answered(address, reply, done);
            }
        });
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

    private void answer(Message<?> asked, @Nullable String reply, FrameHeaders headers, JsonObject frame) {
        Integer code = frame.getInteger("failureCode");
        headers.passed().remove(BusProtocol.STREAM_ADDRESS); // streams end before the bridge
        DeliveryOptions options = headers.options(shared.limits().replyTimeout());
        if (code != null) {
            asked.fail(code, frame.getString("message", ""));
        } else if (reply == null) {
            asked.reply(headers.body(frame), options);
        } else if (inFlight < shared.limits().maxInFlight()) {
            wait(asked.address(), reply, "", asked.replyAndRequest(headers.body(frame), options));
        } else {
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
        unanswered.expire(now);
    }

    void close() {
        unanswered.drop(message -> fail(
                message,
                MicroException.internal(message.address(), "the client of the bridge has gone")
                        .withoutStackTrace()));
        List.copyOf(calls).forEach(call -> BusCancellations.publish(shared.bus(), call));
    }
}
