package dev.vertxmicro.error;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/**
 * Writes and reads the JSON of go-micro's {@code errors.Error}.
 *
 * <p>Written by hand because the bytes must be those of Go's {@code encoding/json}, which escapes {@code <}, {@code >} and
 * {@code &}.
 */
final class ErrorJson {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private ErrorJson() {}

    static String write(MicroException error) {
        StringBuilder out = new StringBuilder(96 + error.detail().length());
        out.append("{\"id\":");
        quote(out, error.id());
        out.append(",\"code\":").append(error.code()).append(",\"detail\":");
        quote(out, error.detail());
        out.append(",\"status\":");
        quote(out, error.status());
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

    private static void quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '<', '>', '&', '\u2028', '\u2029' -> escape(out, c);
                default -> i += other(out, text, i);
            }
        }
        out.append('"');
    }

    /**
     * Writes a character that has no escape of its own; half of one becomes the replacement character, as in Go.
     *
     * @return how many more were written
     */
    private static int other(StringBuilder out, String text, int i) {
        char c = text.charAt(i);
        if (c < ' ') {
            escape(out, c);
        } else if (!Character.isSurrogate(c)) {
            out.append(c);
        } else if (Character.isSupplementaryCodePoint(text.codePointAt(i))) {
            out.append(c).append(text.charAt(i + 1));
            return 1;
        } else {
            escape(out, '\ufffd');
        }
        return 0;
    }

    private static void escape(StringBuilder out, char c) {
        out.append("\\u")
                .append(HEX[c >> 12])
                .append(HEX[c >> 8 & 15])
                .append(HEX[c >> 4 & 15])
                .append(HEX[c & 15]);
    }
}
