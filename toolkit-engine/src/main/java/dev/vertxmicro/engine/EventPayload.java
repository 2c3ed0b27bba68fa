package dev.vertxmicro.engine;

import dev.vertxmicro.broker.envelope.EventEnvelope;
import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;

/** Messages as payloads of a broker whose protocol has no headers: in go-micro's envelope, and without a copy. */
public final class EventPayload {
    private EventPayload() {}

    /**
     * Writes a message.
     *
     * @param message what is published
     * @return its envelope, with the bytes that Go writes
     */
    public static Buffer write(Message message) {
        byte[] head = EventEnvelope.head(message.headers());
        byte[] tail = EventEnvelope.tail(BufferContent.of(message.body()).nioBuffer());
        return BufferContent.wrap(Unpooled.wrappedBuffer(head, tail));
    }

    /**
     * Reads a message.
     *
     * @param payload its envelope
     * @return the message
     * @throws CodecException if it is no such envelope
     */
    public static Message read(Buffer payload) {
        EventEnvelope event = EventEnvelope.read(BufferContent.of(payload).nioBuffer());
        return new Message(Metadata.from(event.headers()), BufferContent.wrap(Unpooled.wrappedBuffer(event.body())));
    }
}
