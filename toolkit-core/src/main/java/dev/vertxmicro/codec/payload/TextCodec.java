package dev.vertxmicro.codec.payload;

import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.codec.CodecException;
import io.vertx.core.buffer.Buffer;

/**
 * Text as it is, UTF-8 (go-micro {@code codec/text}).
 *
 * @param contentType a {@code text/} type, without parameters
 */
public record TextCodec(String contentType) implements Codec {

    @Override
    public Buffer encode(Object message) {
        if (message instanceof String text) {
            return Buffer.buffer(text);
        }
        if (message instanceof Buffer bytes) {
            return bytes;
        }
        if (message instanceof byte[] bytes) {
            return Buffer.buffer(bytes);
        }
        throw new CodecException(
                "text: " + message.getClass().getName() + " (expected: String, Buffer or byte[])", null);
    }

    @Override
    public <T> T decode(Buffer body, Class<T> type) {
        if (type.isAssignableFrom(String.class)) {
            return type.cast(body.toString());
        }
        if (type == byte[].class) {
            return type.cast(body.getBytes());
        }
        if (type.isAssignableFrom(Buffer.class)) {
            return type.cast(body);
        }
        throw new CodecException("text: " + type.getName() + " (expected: String, Buffer or byte[])", null);
    }
}
