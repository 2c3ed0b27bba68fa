package dev.vertxmicro.codec.payload;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.codec.CodecException;
import io.vertx.core.buffer.Buffer;

/** Bare protobuf bytes. */
public final class ProtobufCodec implements Codec {
    public static final ProtobufCodec INSTANCE = new ProtobufCodec();

    @Override
    public String contentType() {
        return "application/protobuf";
    }

    @Override
    public Buffer encode(Object message) {
        if (message instanceof MessageLite protobuf) {
            return Buffer.buffer(protobuf.toByteArray());
        }
        if (message instanceof Buffer bytes) {
            return bytes;
        }
        throw new CodecException("protobuf: " + message.getClass().getName() + " (expected: a protobuf message)", null);
    }

    @Override
    public <T> T decode(Buffer body, Class<T> type) {
        if (type == Buffer.class) {
            return type.cast(body);
        }
        MessageLite prototype = ProtobufTypes.prototype(type)
                .orElseThrow(() ->
                        new CodecException("protobuf: " + type.getName() + " (expected: a protobuf message)", null));
        try {
            return type.cast(prototype.getParserForType().parseFrom(body.getBytes()));
        } catch (InvalidProtocolBufferException e) {
            throw new CodecException("protobuf: " + e.getMessage(), e);
        }
    }
}
