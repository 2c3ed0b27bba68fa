package dev.vertxmicro.codec.envelope;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.codec.Envelope;
import dev.vertxmicro.codec.JsonOptions;
import dev.vertxmicro.codec.json.GoJson;
import dev.vertxmicro.codec.json.ProtoJson;
import dev.vertxmicro.codec.payload.JsonCodec;
import dev.vertxmicro.json.GoEscapes;
import dev.vertxmicro.message.Metadata;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;

/**
 * JSON-RPC 1.0 with one parameter (go-micro {@code codec/jsonrpc}). Keys are read in any case, as Go does; an id may be any
 * JSON value and becomes its text; what follows the object is not looked at.
 */
public final class JsonRpcEnvelope implements Envelope {
    public static final JsonRpcEnvelope INSTANCE = new JsonRpcEnvelope(JsonCodec.ENVELOPED);

    private final Codec payload;

    private JsonRpcEnvelope(Codec payload) {
        this.payload = payload;
    }

    /** Makes one whose protobuf messages are written so. */
    public static JsonRpcEnvelope of(JsonOptions options) {
        return new JsonRpcEnvelope(JsonCodec.enveloped(options));
    }

    @Override
    public String contentType() {
        return "application/json-rpc";
    }

    @Override
    public Codec payload() {
        return payload;
    }

    @Override
    public Buffer request(String id, String method, Buffer payload) {
        Buffer body = Buffer.buffer(64 + method.length() + payload.length());
        appendText(body.appendString("{\"method\":"), method).appendString(",\"params\":[");
        appendPayload(body, payload).appendString("],\"id\":");
        return appendText(body, id).appendString("}\n");
    }

    @Override
    public Buffer response(String id, String error, Buffer payload) {
        Buffer body = Buffer.buffer(64 + error.length() + payload.length());
        appendText(body.appendString("{\"id\":"), id).appendString(",\"result\":");
        appendPayload(body, payload).appendString(",\"error\":");
        if (error.isEmpty()) {
            return body.appendString("null}\n");
        }
        return appendText(body, error).appendString("}\n");
    }

    /** An empty payload is null; the newline that ends a bare one is left out. */
    private static Buffer appendPayload(Buffer body, Buffer payload) {
        int length = payload.length();
        if (length > 0 && payload.getByte(length - 1) == '\n') {
            length--;
        }
        return length == 0 ? body.appendString("null") : body.appendBuffer(payload, 0, length);
    }

    private static Buffer appendText(Buffer body, String text) {
        return body.appendString(GoEscapes.quoted(text));
    }

    @Override
    public Opened open(Metadata headers, Buffer body) {
        if (body.length() == 0) {
            return new Opened("", "", "", body);
        }
        try (JsonParser parser = GoJson.FACTORY.createParser(body.getBytes())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new CodecException("json-rpc: " + parser.currentToken() + " (expected: an object)", null);
            }
            return new JsonRpcReader(parser, body).read();
        } catch (CodecException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new CodecException("json-rpc: " + ProtoJson.firstLine(e), e);
        }
    }
}
