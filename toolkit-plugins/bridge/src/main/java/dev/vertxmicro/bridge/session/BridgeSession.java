package dev.vertxmicro.bridge.session;

import dev.vertxmicro.bridge.access.Visitor;
import dev.vertxmicro.error.MicroException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One client of a bridge: reads its frames, and does for it on the event bus what it may. Whatever it sends, it gets an answer or is
 * closed; when it goes, its consumers go, who waits for its replies is told, and its calls are cancelled. Used on the context of its
 * bridge.
 */
final class BridgeSession {
    /** Longest address that is taken, in characters. */
    static final int LONGEST_ADDRESS = 1024;

    private static final int MOST_BLAMED = 32;
    private static final String PING = "ping";
    private static final String TOO_LARGE = "larger than limits.maxPendingBytes";

    private final OpenSessions shared;
    private final BridgeWire wire;
    private final Dialect dialect;
    private final BusRequests requests;
    private final BusListening listening;
    private @Nullable Visitor visitor;
    private @Nullable String token;
    private long heard = System.nanoTime();
    private long pending;
    private boolean paused;
    private int blamed;
    private boolean closed;

    BridgeSession(OpenSessions shared, BridgeWire wire) {
        this.shared = shared;
        this.wire = wire;
        this.dialect = wire.dialect();
        this.requests = new BusRequests(shared, this);
        this.listening = new BusListening(shared, this);
        this.visitor = shared.tokens().needed() ? null : Visitor.NOBODY;
    }

    /** Takes a frame. */
    void receive(Buffer bytes) {
        if (closed) {
            return;
        }
        if (bytes.length() > shared.limits().maxMessageBytes()) {
            tooLarge(bytes.length());
            return;
        }
        try {
            if (JsonDepth.isExceeded(bytes)) {
                throw new DecodeException("too deep");
            }
            take(new JsonObject(bytes));
        } catch (DecodeException e) {
            refuse("invalid_json");
            shared.warn(wire.peer() + " sent what is no JSON object, or one more than " + JsonDepth.MOST + " deep");
            blame();
        } catch (RuntimeException e) {
            String why = e instanceof ClassCastException ? "a value of another type" : String.valueOf(e.getMessage());
            shared.warn(wire.peer() + " sent a frame that cannot be followed: " + why);
            refuse("invalid_frame");
            blame();
        }
    }

    /** What is refused costs turns that are others' too: nobody goes on with that for long. */
    private void blame() {
        if (++blamed >= MOST_BLAMED) {
            end("sent " + blamed + " frames that cannot be followed");
        }
    }

    /** Ends a connection whose message is larger than allowed: what follows cannot be told from it. */
    void tooLarge(long size) {
        refuse("message_too_large");
        end("sent a message of " + size + " bytes (expected: 1 to "
                + shared.limits().maxMessageBytes() + ")");
    }

    private void take(JsonObject frame) {
        String type = frame.getString("type");
        FrameHeaders headers = new FrameHeaders(frame.getJsonObject("headers"));
        boolean known = knows(headers.token());
        if (closed) {
            return;
        }
        if (known) {
            heard = System.nanoTime();
        }
        if (PING.equals(type)) {
            if (dialect == Dialect.TCP) {
                write(new JsonObject().put("type", "pong"));
            }
            return;
        }
        String address = frame.getString("address");
        String reply = frame.getString("replyAddress");
        if (address == null) {
            refuse(type == null ? "missing_type" : "missing_address");
        } else if (address.length() > LONGEST_ADDRESS || (reply != null && reply.length() > LONGEST_ADDRESS)) {
            refuse("max_address_length_reached");
        } else if (known) {
            follow(type, address, reply, headers, frame);
        } else {
            deny(address, reply, "not_logged_in", 401);
            blame();
        }
    }

    private void follow(
            @Nullable String type, String address, @Nullable String reply, FrameHeaders headers, JsonObject frame) {
        switch (String.valueOf(type)) {
            case "send" -> requests.send(address, reply, headers, frame);
            case "publish" -> requests.publish(address, headers, frame);
            case "register" -> listening.begin(address, reply);
            case "unregister" -> listening.end(address, reply);
            default -> refuse("unknown_type");
        }
    }

    /** Tells whether the client may speak; one that shows a token that is not believed is closed. */
    private boolean knows(Optional<String> shown) {
        if (shared.tokens().needed() && shown.isPresent() && !shown.get().equals(token)) {
            Optional<Visitor> read = shared.tokens().visitor(shown.get());
            if (read.isEmpty()) {
                refuse("not_logged_in");
                end("showed a token that is not believed");
                return false;
            }
            Visitor before = visitor;
            visitor = read.get();
            token = shown.get();
            if (before != null && !before.authorities().equals(visitor.authorities())) {
                listening.restrict(!visitor.authorities().containsAll(before.authorities()));
            }
        }
        return isLoggedIn();
    }

    /** Takes the token that came with the request for the connection. */
    void login(String authorization) {
        if (knows(new FrameHeaders(new JsonObject().put("Authorization", authorization)).token())) {
            heard = System.nanoTime();
        }
    }

    private boolean isLoggedIn() {
        return visitor != null && visitor.until() > System.currentTimeMillis() / 1000;
    }

    Visitor visitor() {
        return visitor == null ? Visitor.NOBODY : visitor;
    }

    /** Takes back what an owner that listens no more has subscribed. */
    void unsubscribe(String owner) {
        requests.unsubscribe(owner);
    }

    boolean listensAt(String address) {
        return listening.at(address);
    }

    boolean isClosed() {
        return closed;
    }

    String peer() {
        return wire.peer();
    }

    /** Brings a message of the event bus to the client, unless it cannot be had to read it. */
    void deliver(String address, Message<Object> message, boolean asked) {
        String reply = message.replyAddress();
        if (closed
                || !isLoggedIn()
                || (reply != null && !asked && pending > shared.limits().maxPendingBytes() / 2)) {
            turnAway(message);
            if (!closed && !isLoggedIn()) {
                refuse("not_logged_in");
                end("listens with a token that has expired");
            }
            return;
        }
        if (reply != null && !requests.expectReply(reply, message)) {
            turnAway(message);
            return;
        }
        JsonObject frame = dialect.delivery(address);
        if (reply != null) {
            frame.put("replyAddress", reply);
        }
        if (dialect == Dialect.TCP) {
            frame.put("send", asked || message.isSend());
        }
        int most = shared.limits().maxPendingBytes();
        if (message.body() instanceof Buffer bytes && bytes.length() > most) {
            undelivered(address, message, asked, "body", 413, TOO_LARGE);
            return;
        }
        try {
            FrameHeaders.write(message.headers(), message.body(), frame);
            Buffer bytes = frame.toBuffer();
            if (bytes.length() > most) {
                undelivered(address, message, asked, "body", 413, TOO_LARGE);
            } else {
                write(bytes);
            }
        } catch (RuntimeException | StackOverflowError unwritable) {
            undelivered(address, message, asked, "body", 500, unwritable.getMessage() + " (expected: JSON, or bytes)");
        }
    }

    /** Tells the sender that the client does not get a message, and the client that it does not get its reply. */
    private void undelivered(
            String address, Message<Object> message, boolean asked, String what, int code, String why) {
        MicroException error =
                MicroException.of(message.address(), code, what + ": " + why).withoutStackTrace();
        shared.warn(wire.peer() + " does not get a message from " + message.address() + ": " + error.detail());
        if (message.replyAddress() != null) {
            requests.fail(message, error);
        }
        if (asked) {
            failed(message.address(), address, new ReplyException(ReplyFailure.RECIPIENT_FAILURE, code, error.text()));
        }
    }

    /** Tells the sender of a message that the client does not get it. */
    void turnAway(Message<Object> message) {
        if (message.replyAddress() != null) {
            requests.fail(
                    message,
                    MicroException.unavailable(message.address(), "the client of the bridge takes no more now"));
        }
    }

    /** Tells the client that what it wanted is done. */
    void done(@Nullable String reply, String key, String address) {
        if (reply != null && !closed) {
            write(dialect.delivery(reply).put("body", new JsonObject().put(key, address)));
        }
    }

    /** Tells the client how its request has failed. */
    void failed(String address, String reply, ReplyException failure) {
        write(dialect.failed(address, reply, failure));
    }

    /** Refuses a frame: as the failure of the request, if it is one. */
    void deny(String address, @Nullable String reply, String word, int code) {
        JsonObject refused = dialect.refused(word);
        if (reply != null) {
            MicroException error = MicroException.of(address, code, word);
            refused = dialect.failed(
                            address, reply, new ReplyException(ReplyFailure.RECIPIENT_FAILURE, code, error.text()))
                    .mergeIn(dialect == Dialect.SOCKJS ? refused : new JsonObject());
        }
        write(refused);
    }

    void refuse(String word) {
        write(dialect.refused(word));
    }

    private void write(JsonObject frame) {
        write(frame.toBuffer());
    }

    private void write(Buffer bytes) {
        if (closed) {
            return;
        }
        if (pending > 0 && pending + bytes.length() > shared.limits().maxPendingBytes()) {
            end("does not read: " + pending + " bytes wait for it");
            return;
        }
        pending += bytes.length();
        wire.write(bytes).onComplete(done -> {
            pending -= bytes.length();
            flow();
        });
        flow();
    }

    /** Nobody is read who does not read himself. */
    private void flow() {
        int most = shared.limits().maxPendingBytes();
        boolean enough = pending > (paused ? most / 4 : most / 2);
        if (closed || enough == paused) {
            return;
        }
        paused = enough;
        if (enough) {
            wire.pause();
        } else {
            wire.resume();
        }
    }

    /** Looks once in a while whether the client is there, and forgets replies that nobody waits for. */
    void sweep(long now) {
        requests.expire(now);
        if (now - heard > shared.limits().idleTimeout().toNanos()) {
            end("said nothing for " + shared.limits().idleTimeout().toMillis() + " ms");
        }
    }

    private void end(String reason) {
        if (!closed) {
            shared.warn(wire.peer() + " " + reason + ": closed");
            close(pending > shared.limits().maxPendingBytes() / 2);
        }
    }

    /** Ends it, also when the client has gone. */
    void close() {
        close(false);
    }

    private void close(boolean now) {
        if (!closed) {
            closed = true;
            listening.close();
            requests.close();
            shared.ended(this);
            wire.close(now);
            if (pending > 0 && !now) {
                shared.soon(() -> wire.close(true)); // who does not read does not let an orderly end come to its turn
            }
        }
    }
}
