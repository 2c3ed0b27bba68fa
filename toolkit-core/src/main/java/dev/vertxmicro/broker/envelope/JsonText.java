package dev.vertxmicro.broker.envelope;

import dev.vertxmicro.codec.CodecException;
import java.nio.charset.StandardCharsets;

/** Texts of JSON that have escapes. */
final class JsonText {
    private static final int HEX_DIGITS = 4;

    private JsonText() {}

    /** Resolves the escapes of a text between its quotes. */
    static String unescape(byte[] bytes, int from, int until) {
        StringBuilder text = new StringBuilder(until - from);
        int plain = from;
        int at = from;
        while (at < until) {
            if (bytes[at] != '\\') {
                at++;
                continue;
            }
            text.append(new String(bytes, plain, at - plain, StandardCharsets.UTF_8));
            boolean unicode = at + 1 < until && bytes[at + 1] == 'u';
            text.append(unicode ? unicode(bytes, at + 2, until) : single(at + 1 < until ? bytes[at + 1] : 0));
            at += unicode ? 2 + HEX_DIGITS : 2;
            plain = at;
        }
        return text.append(new String(bytes, plain, until - plain, StandardCharsets.UTF_8))
                .toString();
    }

    private static char single(byte escaped) {
        return switch (escaped) {
            case '"', '\\', '/' -> (char) escaped;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> throw new CodecException("no go-micro envelope: unknown escape in a text", null);
        };
    }

    private static char unicode(byte[] bytes, int from, int until) {
        int value = 0;
        for (int i = from; i < from + HEX_DIGITS; i++) {
            int digit = i < until ? Character.digit(bytes[i], 16) : -1;
            if (digit < 0) {
                throw new CodecException("no go-micro envelope: \\u without four digits", null);
            }
            value = (value << 4) | digit;
        }
        return (char) value;
    }
}
