package dev.vertxmicro.codec.payload;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.Message;
import com.google.protobuf.MessageLite;
import com.google.protobuf.MessageOrBuilder;
import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.codec.JsonOptions;
import dev.vertxmicro.codec.json.ProtoJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * JSON as go-micro's {@code codec/json} and {@code codec/jsonrpc} exchange it: protobuf messages under their proto field names,
 * unknown fields refused for protobuf types and ignored for plain ones; an empty body is the empty message.
 */
public final class JsonCodec implements Codec {
    /** For bodies of {@code application/json}: read by jsonpb on a Go peer, and ended by a newline, as Go's encoder does. */
    public static final JsonCodec BARE = bare(JsonOptions.DEFAULTS);
    /** For the inside of a json-rpc envelope: read by {@code encoding/json} on a Go peer. */
    public static final JsonCodec ENVELOPED = enveloped(JsonOptions.DEFAULTS);

    private static final byte[] EMPTY_OBJECT = {'{', '}'};

    private final boolean enveloped;
    private final ProtoJson protobuf;

    private JsonCodec(boolean enveloped, ProtoJson protobuf) {
        this.enveloped = enveloped;
        this.protobuf = protobuf;
    }

    /** Makes one as {@link #BARE}, with protobuf messages written so. */
    public static JsonCodec bare(JsonOptions options) {
        return new JsonCodec(false, ProtoJson.of(options));
    }

    /** Makes one as {@link #ENVELOPED}, with protobuf messages written so. */
    public static JsonCodec enveloped(JsonOptions options) {
        return new JsonCodec(true, ProtoJson.structs(options));
    }

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
        try {
            Buffer body = json(message);
            return enveloped ? body : body.appendByte((byte) '\n');
        } catch (CodecException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new CodecException("json: " + message.getClass().getName() + ": " + e.getMessage(), e);
        }
    }

    private Buffer json(Object message) throws IOException {
        if (message instanceof MessageOrBuilder typed) {
            return protobuf.encode(typed);
        }
        if (message instanceof JsonObject json) {
            return json.toBuffer();
        }
        if (message instanceof JsonArray json) {
            return json.toBuffer();
        }
        return Buffer.buffer(Plain.MAPPER.writeValueAsBytes(message));
    }

    @Override
    public <T> T decode(Buffer body, Class<T> type) {
        if (type == Buffer.class) {
            return type.cast(body);
        }
        try {
            T value = value(body.length() == 0 ? EMPTY_OBJECT : body.getBytes(), type);
            if (value != null) {
                return value;
            }
        } catch (CodecException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new CodecException("json: " + ProtoJson.firstLine(e), e);
        }
        throw new CodecException("json: null (expected: " + type.getName() + ")", null);
    }

    private <T> @Nullable T value(byte[] body, Class<T> type) throws IOException {
        MessageLite prototype = ProtobufTypes.prototype(type).orElse(null);
        if (prototype instanceof Message message) {
            Message.Builder builder = message.newBuilderForType();
            protobuf.decode(body, builder);
            return type.cast(builder.build());
        }
        if (type == JsonObject.class) {
            return type.cast(new JsonObject(Buffer.buffer(body)));
        }
        if (type == JsonArray.class) {
            return type.cast(new JsonArray(Buffer.buffer(body)));
        }
        return Plain.MAPPER.readValue(body, type);
    }
}
