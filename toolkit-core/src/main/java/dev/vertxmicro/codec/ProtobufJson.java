package dev.vertxmicro.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;

/**
 * Protobuf messages in JSON, for whoever has a descriptor and no generated class: what {@link Codec#json(JsonOptions)} does for
 * the latter. Immutable; may be used concurrently.
 *
 * <pre>{@code
 * var message = com.google.protobuf.DynamicMessage.newBuilder(Student.getDescriptor());
 * ProtobufJson.of(JsonOptions.PROTOBUF).decode(Buffer.buffer("{\"name\":\"davie\"}"), message);
 * }</pre>
 */
public final class ProtobufJson {
    private final JsonOptions options;
    private final AnyTypes types;
    private final boolean structs;

    private ProtobufJson(JsonOptions options, boolean structs) {
        this.options = options;
        this.types = new AnyTypes(options.types());
        this.structs = structs;
    }

    /**
     * Makes a mapping.
     *
     * @param options names, numbers and types
     * @return the mapping
     */
    public static ProtobufJson of(JsonOptions options) {
        return new ProtobufJson(options, false);
    }

    /** Makes a mapping for a peer that reads by {@code encoding/json}, which knows no shape but that of structs. */
    static ProtobufJson structs(JsonOptions options) {
        return new ProtobufJson(options, true);
    }

    /**
     * Writes a message.
     *
     * @param message generated or dynamic
     * @return its JSON, in UTF-8
     * @throws CodecException if it has none: a time out of range, an {@code Any} of an unknown type
     */
    public Buffer encode(MessageOrBuilder message) {
        BufferOutput out = new BufferOutput();
        try (JsonGenerator json = GoJson.FACTORY.createGenerator(out)) {
            new ProtoJsonWriter(json, options, types, structs, message).write(message);
        } catch (CodecException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new CodecException(
                    "json: " + message.getDescriptorForType().getFullName() + ": " + JsonCodec.firstLine(e), e);
        }
        return out.buffer();
    }

    /**
     * Reads a message.
     *
     * @param body JSON, in UTF-8
     * @param into a new builder of the message
     * @throws CodecException if the bytes are not such a message
     */
    public void decode(Buffer body, Message.Builder into) {
        decode(body.getBytes(), into);
    }

    void decode(byte[] body, Message.Builder into) {
        try (JsonParser parser = GoJson.FACTORY.createParser(body)) {
            new ProtoJsonReader(parser, body, types, into).read();
        } catch (CodecException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new CodecException("json: " + JsonCodec.firstLine(e), e);
        }
    }
}
