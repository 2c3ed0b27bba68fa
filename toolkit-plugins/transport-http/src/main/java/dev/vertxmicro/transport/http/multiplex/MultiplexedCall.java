package dev.vertxmicro.transport.http.multiplex;

import dev.vertxmicro.engine.BufferContent;
import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.transport.http.calls.HttpCall;
import dev.vertxmicro.transport.http.wire.AnswerPace;
import dev.vertxmicro.transport.http.wire.FrameException;
import dev.vertxmicro.transport.http.wire.HttpStatus;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** A call on a multiplexed connection, to whose event loop it belongs once it is sent; words failures as {@link HttpCall} does. */
public final class MultiplexedCall {
    private final String address;
    private final Message message;
    private final Cancellation cancellation;
    private final int maxBytes;
    private final Promise<Message> promise;
    private Runnable unhook = () -> {};
    private @Nullable Metadata headers;
    private Buffer body = Buffer.buffer();
    private int missing;
    private long begunAt;
    private long lastAt;

    /**
     * Makes a call.
     *
     * @param address      whom it goes to
     * @param message      what it asks
     * @param cancellation ends it
     * @param maxBytes     of an answer's body
     * @param promise      of the answer
     */
    public MultiplexedCall(
            String address, Message message, Cancellation cancellation, int maxBytes, Promise<Message> promise) {
        this.address = address;
        this.message = message;
        this.cancellation = cancellation;
        this.maxBytes = maxBytes;
        this.promise = promise;
    }

    /** What is asked. */
    public Message message() {
        return message;
    }

    /** Tells whether it is too late to send the call, and ends it then. */
    boolean cancelled() {
        return cancellation.isCancelled() && promise.tryFail(cancellation.cause());
    }

    /** The call is sent; from now on its end must be told to the server if nobody waits for it any more. */
    void sent(Runnable tell) {
        unhook = cancellation.onCancel(() -> {
            MicroException cause = cancellation.cause();
            if (promise.tryFail(comes() ? cause.withFault(Fault.NOBODY) : cause)) {
                tell.run();
            }
        });
    }

    /** Tells whether an answer has begun, and is on its way. */
    private boolean comes() {
        long now = System.nanoTime();
        return headers != null && AnswerPace.comes(now - begunAt, now - lastAt, body.length());
    }

    /** Answered at once. */
    void answered(Message answer) {
        if (promise.tryComplete(answer)) {
            unhook.run();
        }
    }

    /**
     * An answer or a refusal came.
     *
     * @throws FrameException if a large answer has begun
     */
    void ends() throws FrameException {
        if (headers != null) {
            throw new FrameException("second answer to a call");
        }
    }

    /**
     * A large answer begins. False if it is too large, and the call is over then.
     *
     * @throws FrameException if one has begun
     */
    boolean begins(Metadata itsHeaders, int length) throws FrameException {
        ends();
        if (length > maxBytes) {
            fail("response from " + address + " exceeds " + maxBytes + " bytes", Fault.CALLER);
            return false;
        }
        headers = itsHeaders;
        missing = length;
        begunAt = System.nanoTime();
        lastAt = begunAt;
        return true;
    }

    /**
     * Takes part of a large answer.
     *
     * @return true if it was the last one
     * @throws FrameException if there should be none, or less of it
     */
    boolean part(ByteBuf bytes) throws FrameException {
        Metadata itsHeaders = headers;
        int length = bytes.readableBytes();
        if (itsHeaders == null || length == 0 || length > missing) {
            throw new FrameException("part of " + length + " bytes where " + missing + " are missing");
        }
        body.appendBuffer(BufferContent.wrap(bytes.slice()));
        missing -= length;
        lastAt = System.nanoTime();
        if (missing > 0) {
            return false;
        }
        answered(new Message(itsHeaders, body));
        return true;
    }

    /** The server has no answer, but says why. */
    void refused(String why) {
        if (why.startsWith(ServerCalls.NOT_TAKEN)) {
            fail(MicroException.unavailable("go.micro.client.transport", why).asNotTaken());
        } else {
            fail(why, HttpStatus.fault(why));
        }
    }

    /** Lost after it was sent, or not to be taken. */
    void failed(String why) {
        fail(why, Fault.BROKEN);
    }

    private void fail(String why, Fault whose) {
        fail(MicroException.internal("go.micro.client.transport", why).withFault(whose));
    }

    /** Never left, so that it is safe to try again. */
    void neverLeft(String why) {
        fail(MicroException.internal("go.micro.client.transport", why)
                .withFault(Fault.BROKEN)
                .asRetryable());
    }

    void malformed(IllegalArgumentException metadata) {
        fail(MicroException.internal("go.micro.client", "metadata: " + metadata.getMessage())
                .withFault(Fault.CALLER));
    }

    private void fail(MicroException error) {
        if (promise.tryFail(error)) {
            unhook.run();
        }
    }
}
