package dev.vertxmicro.broker.mqtt;

import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Reads one envelope out of an array. Not for concurrent use. */
final class EnvelopeReader {
    private static final int EXPECTED_HEADERS = 8;
    private static final int DEEPEST = 64;
    private static final byte[] VALUES = values();

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

    private static byte[] values() {
        byte[] values = new byte[256];
        Arrays.fill(values, (byte) -1);
        String digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < digits.length(); i++) {
            values[digits.charAt(i)] = (byte) i;
        }
        return values;
    }

    Message message() {
        Metadata headers = Metadata.EMPTY;
        Buffer body = Buffer.buffer();
        expect('{');
        if (!next('}')) {
            do {
                String key = string();
                expect(':');
                if (key.equalsIgnoreCase("Header")) {
                    headers = headers();
                } else if (key.equalsIgnoreCase("Body")) {
                    body = body();
                } else {
                    skip(0);
                }
            } while (next(','));
            expect('}');
        }
        blank();
        if (at < end) {
            throw wrong("the end");
        }
        return new Message(headers, body);
    }

    private Metadata headers() {
        if (isNull()) {
            return Metadata.EMPTY;
        }
        expect('{');
        Metadata.Builder headers = Metadata.builder(EXPECTED_HEADERS);
        if (!next('}')) {
            do {
                String name = string();
                expect(':');
                headers.add(name, isNull() ? "" : string());
            } while (next(','));
            expect('}');
        }
        return headers.build();
    }

    private Buffer body() {
        if (isNull()) {
            return Buffer.buffer();
        }
        expect('"');
        int from = at;
        boolean plain = true;
        while (at < end && bytes[at] != '"') {
            plain &= bytes[at] != '\\';
            at += bytes[at] == '\\' ? 2 : 1;
        }
        int until = at;
        expect('"');
        return plain ? decode(from, until) : decodeEscaped(from, until);
    }

    private Buffer decode(int from, int until) {
        int length = until - from;
        if (length == 0) {
            return Buffer.buffer();
        }
        if (length % 4 != 0) {
            throw wrong("base64 with padding");
        }
        int padding = bytes[until - 1] != '=' ? 0 : bytes[until - 2] != '=' ? 1 : 2;
        byte[] target = new byte[length / 4 * 3 - padding];
        int whole = padding == 0 ? until : until - 4;
        int out = 0;
        int seen = 0;
        for (int in = from; in < whole; in += 4, out += 3) {
            int four = (value(in) << 18) | (value(in + 1) << 12) | (value(in + 2) << 6) | value(in + 3);
            seen |= four;
            target[out] = (byte) (four >> 16);
            target[out + 1] = (byte) (four >> 8);
            target[out + 2] = (byte) four;
        }
        if (padding > 0) {
            int last = (value(whole) << 18) | (value(whole + 1) << 12) | (padding == 1 ? value(whole + 2) << 6 : 0);
            seen |= last;
            target[out] = (byte) (last >> 16);
            if (padding == 1) {
                target[out + 1] = (byte) (last >> 8);
            }
        }
        if (seen < 0) {
            throw wrong("base64");
        }
        return BufferInternal.buffer(Unpooled.wrappedBuffer(target));
    }

    /** Gives 0 to 63, or what makes the whole negative. */
    private int value(int place) {
        return VALUES[bytes[place] & 0xFF];
    }

    /** Line breaks are allowed within, as Go has it. */
    private Buffer decodeEscaped(int from, int until) {
        String text = JsonText.unescape(bytes, from, until).replace("\r", "").replace("\n", "");
        try {
            return Buffer.buffer(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw wrong("base64");
        }
    }

    private String string() {
        expect('"');
        int from = at;
        boolean ascii = true;
        boolean plain = true;
        while (at < end && bytes[at] != '"') {
            int here = bytes[at];
            ascii &= here >= ' ';
            if (here >= 0 && here < ' ') {
                throw wrong("a text without control characters");
            }
            if (here == '\\') {
                plain = false;
                at++;
            }
            at++;
        }
        int until = at;
        expect('"');
        if (!plain) {
            return JsonText.unescape(bytes, from, until);
        }
        return new String(bytes, from, until - from, ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
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
        if (at == from) {
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
