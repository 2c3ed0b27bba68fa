package dev.vertxmicro.broker.mqtt;

import dev.vertxmicro.message.Metadata;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Writes one envelope into one array, with the escapes of Go's {@code encoding/json}. Not for concurrent use. */
final class EnvelopeWriter {
    private static final byte[] BASE64 =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEADER = "{\"Header\":{".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BODY = "},\"Body\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\"}".getBytes(StandardCharsets.US_ASCII);
    /** Quotes, colon and comma of an entry. */
    private static final int MARKS = 6;
    /** Longest form of one char: an escape. */
    private static final int ESCAPE = 6;

    private final String[] entries;
    private final int tail;
    private byte[] bytes;
    private int at;

    EnvelopeWriter(Metadata headers, int bodyLength) {
        entries = sorted(headers);
        tail = BODY.length + (bodyLength + 2) / 3 * 4 + END.length;
        int length = HEADER.length + tail;
        for (String text : entries) {
            length += text.length() + MARKS / 2;
        }
        bytes = new byte[length];
    }

    /** Gives names and values in the order of Go's maps; several values of a name are one. */
    private static String[] sorted(Metadata headers) {
        int[] length = {0};
        String[] found = new String[headers.size() * 2];
        boolean[] once = {true};
        headers.forEach((name, value) -> {
            int place = length[0];
            while (place > 0 && found[place - 2].compareTo(name) > 0) {
                found[place] = found[place - 2];
                found[place + 1] = found[place - 1];
                place -= 2;
            }
            once[0] &= place == 0 || !found[place - 2].equals(name);
            found[place] = name;
            found[place + 1] = value;
            length[0] += 2;
        });
        return once[0] ? found : joined(headers);
    }

    private static String[] joined(Metadata headers) {
        Map<String, String> map = new TreeMap<>();
        headers.forEach((name, value) -> map.merge(name, value, (first, next) -> first + ", " + next));
        return map.entrySet().stream()
                .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
                .toArray(String[]::new);
    }

    void headers() {
        raw(HEADER);
        for (int i = 0; i < entries.length; i += 2) {
            if (i > 0) {
                bytes[at++] = ',';
            }
            text(entries[i]);
            bytes[at++] = ':';
            text(entries[i + 1]);
        }
    }

    private void raw(byte[] what) {
        System.arraycopy(what, 0, bytes, at, what.length);
        at += what.length;
    }

    private void text(String text) {
        int length = text.length();
        bytes[at++] = '"';
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x80 || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&') {
                rest(text, i);
                break;
            }
            bytes[at++] = (byte) c;
        }
        bytes[at++] = '"';
    }

    /** Writes a text from its first character that does not stand for itself. */
    private void rest(String text, int from) {
        bytes = Arrays.copyOf(bytes, bytes.length + (text.length() - from) * (ESCAPE - 1));
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                ascii(c);
            } else if (c < 0x800) {
                bytes[at++] = (byte) (0xC0 | (c >> 6));
                bytes[at++] = (byte) (0x80 | (c & 0x3F));
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                four(Character.toCodePoint(c, text.charAt(++i)));
            } else if (Character.isSurrogate(c)) {
                escape('\ufffd');
            } else if (c == '\u2028' || c == '\u2029') {
                escape(c);
            } else {
                bytes[at++] = (byte) (0xE0 | (c >> 12));
                bytes[at++] = (byte) (0x80 | ((c >> 6) & 0x3F));
                bytes[at++] = (byte) (0x80 | (c & 0x3F));
            }
        }
    }

    private void four(int point) {
        bytes[at++] = (byte) (0xF0 | (point >> 18));
        bytes[at++] = (byte) (0x80 | ((point >> 12) & 0x3F));
        bytes[at++] = (byte) (0x80 | ((point >> 6) & 0x3F));
        bytes[at++] = (byte) (0x80 | (point & 0x3F));
    }

    private void ascii(char c) {
        switch (c) {
            case '"', '\\' -> pair(c);
            case '\n' -> pair('n');
            case '\r' -> pair('r');
            case '\t' -> pair('t');
            case '<', '>', '&' -> escape(c);
            default -> {
                if (c < ' ') {
                    escape(c);
                } else {
                    bytes[at++] = (byte) c;
                }
            }
        }
    }

    private void pair(char c) {
        bytes[at++] = '\\';
        bytes[at++] = (byte) c;
    }

    private void escape(char c) {
        pair('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
            bytes[at++] = HEX[(c >> shift) & 0xF];
        }
    }

    void body(byte[] source, int from, int length) {
        if (bytes.length - at < tail) {
            bytes = Arrays.copyOf(bytes, at + tail);
        }
        raw(BODY);
        byte[] target = bytes;
        int end = from + length;
        int in = from;
        int out = at;
        for (; in + 2 < end; in += 3, out += 4) {
            int three = ((source[in] & 0xFF) << 16) | ((source[in + 1] & 0xFF) << 8) | (source[in + 2] & 0xFF);
            target[out] = BASE64[three >> 18];
            target[out + 1] = BASE64[(three >> 12) & 0x3F];
            target[out + 2] = BASE64[(three >> 6) & 0x3F];
            target[out + 3] = BASE64[three & 0x3F];
        }
        if (in < end) {
            boolean two = in + 1 < end;
            int last = ((source[in] & 0xFF) << 16) | (two ? (source[in + 1] & 0xFF) << 8 : 0);
            target[out] = BASE64[last >> 18];
            target[out + 1] = BASE64[(last >> 12) & 0x3F];
            target[out + 2] = two ? BASE64[(last >> 6) & 0x3F] : (byte) '=';
            target[out + 3] = '=';
            out += 4;
        }
        at = out;
        raw(END);
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return at;
    }
}
