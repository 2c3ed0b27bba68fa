package dev.vertxmicro.codec;

import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import dev.vertxmicro.codec.json.ProtoJson;
import io.vertx.core.buffer.Buffer;

/**
 * Protobuf messages in JSON, for whoever has a descriptor and no generated class: what {@link Codec#json(JsonOptions)} does for
 * the latter. Immutable; may be used concurrently.
 *
 * <pre>{@code
 * var message = com.google.protobuf.DynamicMessage.newBuilder(Student.getDescriptor());
 * ProtobufJson.of(JsonOptions.PROTOBUF).decode(Buffer.buffer("{\"name\":\"davie\"}"), message);
 * }</pre>
 */
public interface ProtobufJson {

    /**
     * Makes a mapping.
     *
     * @param options names, numbers and types
     * @return the mapping
     */
    static ProtobufJson of(JsonOptions options) {
        return ProtoJson.of(options);
    }

    /**
     * Writes a message.
     *
     * @param message generated or dynamic
     * @return its JSON, in UTF-8
     * @throws CodecException if it has none: a time out of range, an {@code Any} of an unknown type
     */
    Buffer encode(MessageOrBuilder message);

    /**
     * Reads a message.
     *
     * @param body JSON, in UTF-8
     * @param into a new builder of the message
     * @throws CodecException if the bytes are not such a message
     */
    void decode(Buffer body, Message.Builder into);
}
