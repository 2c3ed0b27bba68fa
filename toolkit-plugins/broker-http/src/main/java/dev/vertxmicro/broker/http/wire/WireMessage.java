package dev.vertxmicro.broker.http.wire;

import dev.vertxmicro.broker.envelope.EventEnvelope;
import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.engine.BufferContent;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;

/**
 * A message in go-micro's envelope, its topic among the headers.
 *
 * @param topic   the topic, perhaps empty
 * @param message what was published
 */
public record WireMessage(String topic, Message message) {
    /** The header that carries the topic. */
    static final String TOPIC = ":topic";

    /** Writes it as go-micro does. */
    public EncodedEvent encode() {
        Metadata headers = message.headers();
        String named = topic;
        return new EncodedEvent(
                EventEnvelope.tail(BufferContent.of(message.body()).nioBuffer()),
                form -> EventEnvelope.head(headers.with(form.topicHeader(), named)));
    }

    /**
     * Reads an envelope. The topic is that of the header its form names it in, or else that of the other form.
     *
     * @throws CodecException if it is none; the message says why, in one line
     */
    public static WireMessage decode(ByteBuf bytes, Generation form) {
        EventEnvelope event = EventEnvelope.read(bytes.nioBuffer());
        Map<String, String> headers = event.headers();
        String own = headers.getOrDefault(form.topicHeader(), "");
        Generation other = form == Generation.FIRST ? Generation.LATER : Generation.FIRST;
        String topic = own.isEmpty() ? headers.getOrDefault(other.topicHeader(), "") : own;
        Metadata.Builder kept = Metadata.builder(headers.size());
        headers.forEach((name, value) -> {
            if (!name.equals(TOPIC)) {
                kept.add(name, value);
            }
        });
        return new WireMessage(
                topic, new Message(kept.build(), BufferContent.wrap(Unpooled.wrappedBuffer(event.body()))));
    }
}
