package dev.vertxmicro.transport.http.frames;

import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.transport.http.wire.FrameException;
import java.nio.charset.StandardCharsets;

/** Reads the start line and the headers of one HTTP/1.1 message, strictly: what is not plain is refused. */
public final class HeadParser {
    public static final String NO_HTTP = "not an HTTP/1.1 message";
    private static final int USUAL = 12;

    private final byte[] bytes;
    private final int end;
    private final Metadata.Builder headers = Metadata.builder(USUAL);
    private int at;
    private int lineStart;
    private int length;
    private boolean lengthGiven;
    private boolean chunked;
    private int digitsFrom = -1;
    private int digitsTo = -1;

    /** Reads bytes from {@code start} to {@code end}, the empty line that ends a head included. */
    HeadParser(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.at = start;
        this.end = end;
    }

    FrameHead parse() throws FrameException {
        int from = at;
        String start = text(from, nextLine());
        String status = start.startsWith("HTTP/1.") && start.length() > 9 ? start.substring(9) : "";
        if (status.isEmpty() && !start.contains(" HTTP/1.")) {
            throw new FrameException(NO_HTTP);
        }
        for (int lineEnd = nextLine(); lineEnd > lineStart; lineEnd = nextLine()) {
            header(lineEnd);
        }
        if (chunked && lengthGiven) {
            throw new FrameException("Transfer-Encoding beside Content-Length");
        }
        return new FrameHead(headers.build(), status, chunked ? FrameHead.CHUNKED : length);
    }

    /** Goes behind the next line and returns where its text ends. */
    private int nextLine() throws FrameException {
        lineStart = at;
        for (int i = at; i < end; i++) {
            if (bytes[i] == '\n') {
                at = i + 1;
                if (i == lineStart || bytes[i - 1] != '\r') {
                    throw new FrameException("line that does not end with CR LF");
                }
                return i - 1;
            }
        }
        throw new FrameException("header without an end");
    }

    private void header(int lineEnd) throws FrameException {
        int colon = lineStart;
        while (colon < lineEnd && bytes[colon] != ':') {
            if (bytes[colon] <= ' ') {
                throw new FrameException("malformed header name");
            }
            colon++;
        }
        if (colon == lineStart || colon == lineEnd) {
            throw new FrameException("header without a name");
        }
        int from = colon + 1;
        int to = lineEnd;
        while (from < to && isSpace(bytes[from])) {
            from++;
        }
        while (to > from && isSpace(bytes[to - 1])) {
            to--;
        }
        String name = text(lineStart, colon);
        if (name.equalsIgnoreCase("Content-Length")) {
            length(from, to);
        } else if (name.equalsIgnoreCase("Transfer-Encoding")) {
            encoding(text(from, to));
        } else {
            headers.add(name, text(from, to));
        }
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t';
    }

    private void length(int from, int to) throws FrameException {
        int value = digits(bytes, from, to);
        if (value < 0 || (lengthGiven && value != length)) {
            throw new FrameException("Content-Length: " + text(from, to) + " (expected: one length)");
        }
        lengthGiven = true;
        length = value;
        digitsFrom = from;
        digitsTo = to;
    }

    private void encoding(String value) throws FrameException {
        if (!value.equalsIgnoreCase("chunked")) {
            throw new FrameException("Transfer-Encoding: " + value + " (expected: chunked)");
        }
        chunked = true;
    }

    /** Where the digits of the length begin, -1 if there are none. */
    int digitsFrom() {
        return digitsFrom;
    }

    /** Where the digits of the length end. */
    int digitsTo() {
        return digitsTo;
    }

    /** Reads a decimal number, or gives -1 for anything else or anything over nine digits. */
    static int digits(byte[] bytes, int from, int to) {
        if (to <= from || to - from > 9) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
