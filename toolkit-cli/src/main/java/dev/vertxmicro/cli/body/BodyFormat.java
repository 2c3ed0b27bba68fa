package dev.vertxmicro.cli.body;

import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UninitializedMessageException;
import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.codec.JsonOptions;
import dev.vertxmicro.codec.ProtobufJson;
import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.launcher.overlay.ConfigFile;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.jackson.JacksonCodec;
import java.nio.charset.StandardCharsets;

/** Turns the JSON that is typed into what is sent, and what comes back into the JSON that is printed. */
public interface BodyFormat {

    /** Chooses by content type and schema. */
    static BodyFormat of(String contentType, String endpoint, SchemaSource schema) {
        String type =
                contentType.isEmpty() ? schema.given() ? "application/protobuf" : "application/json" : contentType;
        if (type.contains("proto")) {
            if (!schema.given()) {
                throw LaunchException.usage("--content-type: " + type
                        + " (expected: with --proto FILE or --descriptor-set FILE, to know the messages)");
            }
            ProtoSchema loaded = schema.load();
            ProtobufJson json =
                    ProtobufJson.of(JsonOptions.DEFAULTS.withText(true).withTypes(loaded.types()));
            return new ProtobufFormat(type, loaded.method(endpoint), json);
        }
        return new PlainFormat(type);
    }

    /** Gives the content type that is sent. */
    String contentType();

    /** Turns what was typed into a request. */
    Buffer request(BodySource.Body body);

    /** Turns a response into what is printed. */
    String response(Buffer body);

    /** Tells whether the schema says that the endpoint streams. */
    default boolean streams() {
        return false;
    }

    /** Tells whether the schema says that a call may be repeated. */
    default boolean idempotent() {
        return false;
    }

    /** Tells whether a stream takes more than one request, as far as is known. */
    default boolean manyRequests() {
        return true;
    }

    /** The message that opens a stream, which no handler gets to see. */
    default Buffer opening() {
        return contentType().contains("json") ? Buffer.buffer("{}") : Buffer.buffer();
    }

    /** Sends the bytes as they are; a JSON type must be JSON. */
    record PlainFormat(String contentType) implements BodyFormat {
        @Override
        public Buffer request(BodySource.Body body) {
            Buffer bytes = Buffer.buffer(body.bytes());
            if (contentType.contains("json")) {
                try {
                    new JacksonCodec().fromBuffer(bytes);
                } catch (DecodeException e) {
                    throw LaunchException.usage(
                            body.source() + ConfigFile.where(e) + ": " + ConfigFile.problem(e) + " (expected: JSON)");
                }
            }
            return bytes;
        }

        @Override
        public String response(Buffer body) {
            return body.toString(StandardCharsets.UTF_8);
        }
    }

    /** Protobuf's own JSON mapping, both ways; fields are printed as the schema names them. */
    record ProtobufFormat(String contentType, MethodDescriptor method, ProtobufJson json) implements BodyFormat {
        @Override
        public boolean idempotent() {
            return method.getOptions().getIdempotencyLevel() != IdempotencyLevel.IDEMPOTENCY_UNKNOWN;
        }

        @Override
        public boolean streams() {
            return method.isClientStreaming() || method.isServerStreaming();
        }

        @Override
        public boolean manyRequests() {
            return method.isClientStreaming();
        }

        @Override
        public Buffer request(BodySource.Body body) {
            DynamicMessage.Builder message = DynamicMessage.newBuilder(method.getInputType());
            try {
                json.decode(Buffer.buffer(body.bytes()), message);
                return Buffer.buffer(message.build().toByteArray());
            } catch (CodecException | UninitializedMessageException e) {
                throw LaunchException.usage(body.source() + ": " + e.getMessage() + " (expected: the JSON of "
                        + method.getInputType().getFullName() + ")");
            }
        }

        @Override
        public String response(Buffer body) {
            try {
                DynamicMessage message = DynamicMessage.parseFrom(method.getOutputType(), body.getBytes());
                return json.encode(message).toString(StandardCharsets.UTF_8);
            } catch (CodecException | InvalidProtocolBufferException e) {
                throw LaunchException.failed(
                        "the answer is no " + method.getOutputType().getFullName() + ": " + e.getMessage());
            }
        }
    }
}
