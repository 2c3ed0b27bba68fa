package dev.vertxmicro.broker.envelope;

import dev.vertxmicro.codec.CodecException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads one envelope out of an array. Not for concurrent use. */
final class EnvelopeReader {
    private static final int DEEPEST = 64;
    private static final Pattern WORD =
            Pattern.compile("true|false|null|-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]+)?");
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final byte[] bytes;
    private final int start;
    private final int end;
    private int at;

    EnvelopeReader(byte[] bytes, int from, int length) {
        this.bytes = bytes;
        this.start = from;
        this.at = from;
        this.end = from + length;
    }

    EventEnvelope read() {
        Map<String, String> headers = new LinkedHashMap<>();
        ByteBuffer body = NOTHING;
        if (!isNull()) {
            expect('{');
            if (!next('}')) {
                do {
                    String key = string();
                    expect(':');
                    if (key.equalsIgnoreCase("Header")) {
                        headers(headers);
                    } else if (key.equalsIgnoreCase("Body")) {
                        body = body();
                    } else {
                        skip(0);
                    }
                } while (next(','));
                expect('}');
            }
        }
        blank();
        if (at < end) {
            throw wrong("the end");
        }
        return new EventEnvelope(headers, body);
    }

    private void headers(Map<String, String> headers) {
        if (isNull()) {
            headers.clear();
            return;
        }
        expect('{');
        if (!next('}')) {
            do {
                String name = string();
                expect(':');
                headers.put(name, isNull() ? "" : string());
            } while (next(','));
            expect('}');
        }
    }

    private ByteBuffer body() {
        if (isNull()) {
            return NOTHING;
        }
        open();
        int from = at;
        boolean plain = pass();
        int length = at - 1 - from;
        return decode(plain ? ByteBuffer.wrap(bytes, from, length) : unbroken(from, from + length));
    }

    /** Line breaks are allowed within, as Go has it. */
    private ByteBuffer unbroken(int from, int until) {
        String text = JsonText.unescape(bytes, from, until).replace("\r", "").replace("\n", "");
        return StandardCharsets.UTF_8.encode(text);
    }

    /** Go wants the padding; Java does not mind. */
    private ByteBuffer decode(ByteBuffer base64) {
        if (base64.remaining() % 4 != 0) {
            throw wrong("base64 with padding");
        }
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw wrong("base64");
        }
    }

    private String string() {
        open();
        int from = at;
        boolean plain = pass();
        int until = at - 1;
        return plain
                ? new String(bytes, from, until - from, StandardCharsets.UTF_8)
                : JsonText.unescape(bytes, from, until);
    }

    private void open() {
        if (!next('"')) {
            throw wrong("a text");
        }
    }

    /** Passes over the rest of a text and its closing quote; tells whether it is free of escapes. */
    private boolean pass() {
        boolean plain = true;
        at = special(at);
        while (at < end && bytes[at] == '\\') {
            plain = false;
            at = special(at + 2);
        }
        if (at < end && bytes[at] != '"') {
            throw wrong("a text without control characters");
        }
        expect('"');
        return plain;
    }

    /** Finds the next quote, backslash or control character. */
    private int special(int from) {
        int here = from;
        while (here < end
                && (bytes[here] > '"' ? bytes[here] != '\\' : bytes[here] < 0 || (bytes[here] & 0xFE) == ' ')) {
            here++;
        }
        return here;
    }

    private void skip(int depth) {
        blank();
        if (depth > DEEPEST || at >= end) {
            throw wrong("a value");
        }
        byte first = bytes[at];
        if (first == '"') {
            string();
        } else if (first == '{' || first == '[') {
            at++;
            members(first == '{', depth + 1);
        } else {
            word();
        }
    }

    private void members(boolean object, int depth) {
        char close = object ? '}' : ']';
        if (next(close)) {
            return;
        }
        do {
            if (object) {
                string();
                expect(':');
            }
            skip(depth);
        } while (next(','));
        expect(close);
    }

    /** Passes over a number, true, false or null. */
    private void word() {
        int from = at;
        while (at < end && (Character.isLetterOrDigit(bytes[at]) || "+-.".indexOf(bytes[at]) >= 0)) {
            at++;
        }
        String word = new String(bytes, from, at - from, StandardCharsets.ISO_8859_1);
        if (!WORD.matcher(word).matches()) {
            at = from;
            throw wrong("a value");
        }
    }

    private boolean isNull() {
        blank();
        boolean found = end - at >= 4
                && bytes[at] == 'n'
                && bytes[at + 1] == 'u'
                && bytes[at + 2] == 'l'
                && bytes[at + 3] == 'l';
        at += found ? 4 : 0;
        return found;
    }

    private void expect(char wanted) {
        if (!next(wanted)) {
            throw wrong("'" + wanted + "'");
        }
    }

    private boolean next(char wanted) {
        blank();
        boolean found = at < end && bytes[at] == wanted;
        at += found ? 1 : 0;
        return found;
    }

    private void blank() {
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
            at++;
        }
    }

    private CodecException wrong(String expected) {
        return new CodecException(
                "no go-micro envelope: at byte " + (Math.min(at, end) - start) + " (expected: " + expected + ")", null);
    }
}
