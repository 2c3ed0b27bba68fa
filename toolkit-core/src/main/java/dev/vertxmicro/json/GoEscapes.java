package dev.vertxmicro.json;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import org.jspecify.annotations.Nullable;

/**
 * The escapes of Go's {@code encoding/json}, which guards what HTML and JavaScript would take for syntax: for texts that are put
 * together here, and as Jackson wants them for what it writes. Stateless.
 */
public final class GoEscapes extends CharacterEscapes {
    /** For generators of Jackson. */
    public static final GoEscapes JACKSON = new GoEscapes();

    private static final long serialVersionUID = 1L;
    private static final char[] HEX = "0123456789abcdef".toCharArray();
    /** Of each character: none, the letter of its pair, or that it is written by its number. */
    private static final int[] ASCII = ascii();

    private GoEscapes() {}

    private static int[] ascii() {
        int[] escapes = standardAsciiEscapesForJSON();
        for (char c : new char[] {'<', '>', '&', '\b', '\f'}) {
            escapes[c] = ESCAPE_STANDARD;
        }
        return escapes;
    }

    /**
     * Gives a text as a JSON string, quotes included.
     *
     * @param text any text
     * @return the string
     */
    public static String quoted(String text) {
        return quote(new StringBuilder(text.length() + 2), text).toString();
    }

    /**
     * Appends a text as a JSON string, quotes included. Half of a surrogate pair becomes the replacement character.
     *
     * @param out  takes it
     * @param text any text
     * @return {@code out}
     */
    public static StringBuilder quote(StringBuilder out, String text) {
        out.append('"');
        int plain = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ASCII.length ? ASCII[c] != ESCAPE_NONE : isEscaped(text, i)) {
                out.append(text, plain, i);
                escape(out, c);
                plain = i + 1;
            }
        }
        return out.append(text, plain, text.length()).append('"');
    }

    /** Tells it of what is no ASCII. */
    private static boolean isEscaped(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return at == 0 || !Character.isHighSurrogate(text.charAt(at - 1));
        }
        return c == '\u2028' || c == '\u2029';
    }

    private static void escape(StringBuilder out, char c) {
        int pair = c < ASCII.length ? ASCII[c] : ESCAPE_STANDARD;
        if (pair > 0) {
            out.append('\\').append((char) pair);
            return;
        }
        char shown = Character.isSurrogate(c) ? '\ufffd' : c;
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX[shown >> shift & 0xF]);
        }
    }

    @Override
    public int[] getEscapeCodesForAscii() {
        return ASCII.clone();
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int character) {
        return switch (character) {
            case 0x2028 -> new SerializedString("\\u2028");
            case 0x2029 -> new SerializedString("\\u2029");
            default -> null;
        };
    }
}
