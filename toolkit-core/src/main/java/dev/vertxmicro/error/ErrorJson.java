package dev.vertxmicro.error;

import dev.vertxmicro.json.GoEscapes;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/**
 * Writes and reads the JSON of go-micro's {@code errors.Error}.
 *
 * <p>Written by hand because the bytes must be those of Go's {@code encoding/json}, which escapes {@code <}, {@code >} and
 * {@code &}.
 */
final class ErrorJson {
    private ErrorJson() {}

    static String write(MicroException error) {
        StringBuilder out = new StringBuilder(96 + error.detail().length());
        out.append("{\"id\":");
        GoEscapes.quote(out, error.id());
        out.append(",\"code\":").append(error.code()).append(",\"detail\":");
        GoEscapes.quote(out, error.detail());
        out.append(",\"status\":");
        GoEscapes.quote(out, error.status());
        return out.append('}').toString();
    }

    static MicroException parse(String text) {
        if (text.startsWith("{")) {
            try {
                JsonObject json = new JsonObject(text);
                return MicroException.remote(text(json, "id"), code(json), text(json, "detail"), text(json, "status"));
            } catch (DecodeException | ClassCastException notAnError) {
                return plain(text);
            }
        }
        return plain(text);
    }

    /** Go takes null for empty, and no other type for text. */
    private static String text(JsonObject json, String key) {
        Object value = json.getValue(key);
        return value == null ? "" : (String) value;
    }

    /** Go refuses a fraction, and what does not fit into 32 bits. */
    private static int code(JsonObject json) {
        Object value = json.getValue("code");
        return value == null ? 0 : (Integer) value;
    }

    private static MicroException plain(String text) {
        return MicroException.remote("", 0, text, "");
    }
}
