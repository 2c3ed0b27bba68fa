package dev.vertxmicro.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageLite;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * JSON as go-micro's {@code codec/json} exchanges it: protobuf messages under their proto field names, a newline at the end,
 * unknown fields refused for protobuf types and ignored for plain ones.
 */
final class JsonCodec implements Codec {
    static final JsonCodec INSTANCE = new JsonCodec();

    private static final JsonFormat.Printer PRINTER =
            JsonFormat.printer().preservingProtoFieldNames().omittingInsignificantWhitespace();
    private static final JsonFormat.Parser PARSER = JsonFormat.parser();

    /** Loaded on first use: a service of protobuf messages only never needs it. */
    private static final class Plain {
        static final ObjectMapper MAPPER = JsonMapper.builder()
                .findAndAddModules()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public Buffer encode(Object message) {
        if (message instanceof Buffer bytes) {
            return bytes;
        }
        return Buffer.buffer(text(message)).appendByte((byte) '\n');
    }

    private static String text(Object message) {
        try {
            if (message instanceof MessageOrBuilder protobuf) {
                return PRINTER.print(protobuf);
            }
            if (message instanceof JsonObject json) {
                return json.encode();
            }
            if (message instanceof JsonArray json) {
                return json.encode();
            }
            return Plain.MAPPER.writeValueAsString(message);
        } catch (InvalidProtocolBufferException | JsonProcessingException | RuntimeException e) {
            throw new CodecException("json: " + message.getClass().getName() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public <T> T decode(Buffer body, Class<T> type) {
        if (type == Buffer.class) {
            return type.cast(body);
        }
        try {
            MessageLite prototype = ProtobufTypes.prototype(type).orElse(null);
            if (prototype instanceof Message message) {
                Message.Builder builder = message.newBuilderForType();
                PARSER.merge(body.toString(StandardCharsets.UTF_8), builder);
                return type.cast(builder.build());
            }
            if (type == JsonObject.class) {
                return type.cast(new JsonObject(body));
            }
            if (type == JsonArray.class) {
                return type.cast(new JsonArray(body));
            }
            T value = Plain.MAPPER.readValue(body.getBytes(), type);
            if (value != null) {
                return value;
            }
        } catch (IOException | RuntimeException e) {
            throw new CodecException("json: " + firstLine(e), e);
        }
        throw new CodecException("json: null (expected: " + type.getName() + ")", null);
    }

    static String firstLine(Exception e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
