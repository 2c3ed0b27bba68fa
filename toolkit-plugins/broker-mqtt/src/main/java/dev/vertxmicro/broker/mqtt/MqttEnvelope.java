package dev.vertxmicro.broker.mqtt;

import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.message.Message;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

/**
 * go-micro's envelope for brokers without headers of their own ({@code codec/json} of {@code broker.Message}): a JSON object with
 * {@code Header}, an object of texts, and {@code Body}, in base64.
 */
final class MqttEnvelope {
    private MqttEnvelope() {}

    /** Writes a message in one pass, as Go does, names sorted. */
    static Buffer write(Message message) {
        ByteBuf body = bytes(message.body());
        EnvelopeWriter writer = new EnvelopeWriter(message.headers(), body.readableBytes());
        writer.headers();
        if (body.hasArray()) {
            writer.body(body.array(), body.arrayOffset() + body.readerIndex(), body.readableBytes());
        } else {
            writer.body(ByteBufUtil.getBytes(body), 0, body.readableBytes());
        }
        return BufferInternal.buffer(Unpooled.wrappedBuffer(writer.bytes(), 0, writer.length()));
    }

    /**
     * Reads a message in one pass. As in Go, keys may come in any case and order, others are passed over, {@code null} is empty.
     *
     * @throws CodecException if it is no such envelope
     */
    static Message read(Buffer payload) {
        ByteBuf content = bytes(payload);
        int length = content.readableBytes();
        EnvelopeReader reader = content.hasArray()
                ? new EnvelopeReader(content.array(), content.arrayOffset() + content.readerIndex(), length)
                : new EnvelopeReader(ByteBufUtil.getBytes(content), 0, length);
        return reader.message();
    }

    /** Shows the content of a buffer without a copy; its indices may be moved. */
    static ByteBuf bytes(Buffer buffer) {
        return ((BufferInternal) buffer).getByteBuf();
    }
}
