package dev.vertxmicro.codec.payload;

import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.codec.CodecException;
import io.vertx.core.buffer.Buffer;

/** Passes bytes and refuses all else. */
public final class OctetStreamCodec implements Codec {
    public static final OctetStreamCodec INSTANCE = new OctetStreamCodec();

    @Override
    public String contentType() {
        return "application/octet-stream";
    }

    @Override
    public Buffer encode(Object message) {
        if (message instanceof Buffer bytes) {
            return bytes;
        }
        if (message instanceof byte[] bytes) {
            return Buffer.buffer(bytes);
        }
        throw new CodecException(
                "octet-stream: " + message.getClass().getName() + " (expected: Buffer or byte[])", null);
    }

    @Override
    public <T> T decode(Buffer body, Class<T> type) {
        if (type == byte[].class) {
            return type.cast(body.getBytes());
        }
        if (type.isAssignableFrom(Buffer.class)) {
            return type.cast(body);
        }
        throw new CodecException("octet-stream: " + type.getName() + " (expected: Buffer or byte[])", null);
    }
}
