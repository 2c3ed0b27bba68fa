package dev.vertxmicro.codec.envelope;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.codec.Envelope;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Locale;

/** Finds the parts of one JSON-RPC object; its parser stands at the opening brace. */
final class JsonRpcReader {
    private static final Buffer NOTHING = Buffer.buffer();

    private final JsonParser parser;
    private final Buffer body;
    private String id = "";
    private String method = "";
    private String error = "";
    private Buffer payload = NOTHING;

    JsonRpcReader(JsonParser parser, Buffer body) {
        this.parser = parser;
        this.body = body;
    }

    Envelope.Opened read() throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName().toLowerCase(Locale.ROOT);
            JsonToken value = parser.nextToken();
            switch (name) {
                case "id" -> id = idText(value);
                case "method" -> method = text("method", value);
                case "params" -> payload = parameter(value);
                case "result" -> payload = value(value);
                case "error" -> error = error(value);
                default -> parser.skipChildren();
            }
        }
        return new Envelope.Opened(id, method, error, payload);
    }

    /** A number, a boolean or a structure becomes its text. */
    private String idText(JsonToken value) throws IOException {
        return switch (value) {
            case VALUE_NULL -> "";
            case VALUE_STRING -> parser.getText();
            default -> value(value).toString();
        };
    }

    private String text(String key, JsonToken value) throws IOException {
        return switch (value) {
            case VALUE_NULL -> "";
            case VALUE_STRING -> parser.getText();
            default -> throw new CodecException("json-rpc: " + key + ": " + value + " (expected: a string)", null);
        };
    }

    /** Go reads an empty error as one that says nothing of itself. */
    private String error(JsonToken value) throws IOException {
        String text = text("error", value);
        return text.isEmpty() && value == JsonToken.VALUE_STRING ? "unspecified error" : text;
    }

    /** The first of a list; an object, as JSON-RPC 2.0 has it, is taken for the one parameter. */
    private Buffer parameter(JsonToken value) throws IOException {
        if (value != JsonToken.START_ARRAY) {
            return value(value);
        }
        JsonToken first = parser.nextToken();
        if (first == JsonToken.END_ARRAY) {
            return NOTHING;
        }
        Buffer found = value(first);
        for (JsonToken more = parser.nextToken(); more != JsonToken.END_ARRAY; more = parser.nextToken()) {
            parser.skipChildren();
        }
        return found;
    }

    /** The bytes of the value that the parser stands at; none for null. */
    private Buffer value(JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_NULL) {
            return NOTHING;
        }
        int start = (int) parser.currentTokenLocation().getByteOffset();
        if (value.isStructStart()) {
            parser.skipChildren();
        } else {
            parser.finishToken();
        }
        return body.slice(start, (int) parser.currentLocation().getByteOffset());
    }
}
