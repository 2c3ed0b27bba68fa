package dev.vertxmicro.eventbus.transport;

import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;

/** Frames of calls, beside those of streams. */
final class CallFrames {
    /** A request, whole; answered at {@code stream-address}. */
    static final String CALL = "call";
    /** Its answer, whole; or that there is none. */
    static final String ANSWER = "answer";
    /** Nobody waits for the call any more. */
    static final String CANCEL = "cancel";
    /** A question that reaches no handler, answered as a call is. */
    static final String PROBE = "probe";

    /** What a stream is for: {@link #CALL} for one call with a large request, {@link #ANSWER} for the large answer to one. */
    static final String KIND = "kind";
    /** Host of the caller. */
    static final String HOST = "host";

    private CallFrames() {}

    static DeliveryOptions frame(String kind) {
        return BusMessages.versioned().addHeader(BusProtocol.FRAME, kind);
    }

    static Message message(io.vertx.core.eventbus.Message<?> frame) {
        Buffer body = frame.body() instanceof Buffer bytes ? bytes : Buffer.buffer();
        return new Message(BusMessages.metadata(frame.headers()), body);
    }

    static MicroException refused(String address) {
        return MicroException.internal(
                        "go.micro.client", "connection error: dial eventbus " + address + ": connection refused")
                .withFault(Fault.UNREACHABLE)
                .asRetryable();
    }

    static MicroException eof() {
        return MicroException.internal("go.micro.client.transport", "EOF").withFault(Fault.BROKEN);
    }

    static MicroException tooLarge(int length, int most) {
        return MicroException.of(
                        "go.micro.client.transport", 413, "message of " + length + " bytes (expected: <= " + most + ")")
                .withFault(Fault.CALLER);
    }

    static MicroException closed() {
        return MicroException.internal("go.micro.transport", "transport is closed")
                .withFault(Fault.CALLER);
    }
}
