package dev.vertxmicro.codec;

import dev.vertxmicro.codec.payload.JsonCodec;
import dev.vertxmicro.codec.payload.OctetStreamCodec;
import dev.vertxmicro.codec.payload.ProtobufCodec;
import dev.vertxmicro.codec.payload.TextCodec;
import io.vertx.core.buffer.Buffer;

/**
 * Turns messages into bytes and back, for one content type.
 *
 * <p>A {@link Buffer} passes every codec as it is, in both directions. Stateless; may be used concurrently from any thread.
 */
public interface Codec {

    /**
     * The codec of {@code application/protobuf}: protobuf messages, bare.
     *
     * @return the codec
     */
    static Codec protobuf() {
        return ProtobufCodec.INSTANCE;
    }

    /**
     * The codec of {@code application/json}: protobuf messages in a JSON that Go peers take, all else by Jackson.
     *
     * @return the codec
     */
    static Codec json() {
        return JsonCodec.BARE;
    }

    /**
     * The codec of {@code application/json}, with protobuf messages written so, and these types in an {@code Any}.
     *
     * @param options names, numbers and types
     * @return the codec
     */
    static Codec json(JsonOptions options) {
        return JsonCodec.bare(options);
    }

    /**
     * The codec of {@code application/octet-stream}: bytes only.
     *
     * @return the codec
     */
    static Codec octetStream() {
        return OctetStreamCodec.INSTANCE;
    }

    /**
     * The codec of {@code text/plain}: strings, UTF-8. Other {@code text/} types work alike.
     *
     * @return the codec
     */
    static Codec text() {
        return new TextCodec("text/plain");
    }

    /**
     * Names the content type.
     *
     * @return the type, without parameters, as it is sent
     */
    String contentType();

    /**
     * Writes a message.
     *
     * @param message the message
     * @return its bytes, not shared with anyone
     * @throws CodecException if this codec cannot write such a message
     */
    Buffer encode(Object message);

    /**
     * Reads a message.
     *
     * @param body the bytes
     * @param type class of the message
     * @param <T>  type of the message
     * @return the message
     * @throws CodecException if the bytes are not such a message
     */
    <T> T decode(Buffer body, Class<T> type);
}
