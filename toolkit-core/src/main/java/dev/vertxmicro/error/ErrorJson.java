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
                return MicroException.remote(
                        json.getString("id", ""),
                        json.getInteger("code", 0),
                        json.getString("detail", ""),
                        json.getString("status", ""));
            } catch (DecodeException | ClassCastException notAnError) {
                return plain(text);
            }
        }
        return plain(text);
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
                default -> {
                    if (c < ' ') {
                        escape(out, c);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static void escape(StringBuilder out, char c) {
        out.append("\\u")
                .append(HEX[c >> 12])
                .append(HEX[c >> 8 & 15])
                .append(HEX[c >> 4 & 15])
                .append(HEX[c & 15]);
    }
}
