package dev.vertxmicro.transport.http.frames;

import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.transport.http.wire.HeaderText;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** Makes the heads of the messages of one connection. Headers that are the same object as those before are not encoded again. */
final class HeadEncoder {
    private static final int USUAL_BYTES = 512;

    private final byte[] startLine;
    private Metadata lastHeaders = Metadata.EMPTY;
    private byte[] lastHead = {};

    /**
     * Makes an encoder.
     *
     * @param startLine first line of each message, with other headers that each has; ends with CR LF
     */
    HeadEncoder(String startLine) {
        this.startLine = startLine.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Gives a head up to the digits of the length, which stand last so that all before them can be kept.
     *
     * @param headers the headers
     * @param strict  whether a name that is none for HTTP is an error; otherwise it is left out
     * @throws IllegalArgumentException if it is
     */
    @SuppressWarnings("ReferenceEquality") // a quick look whether the head is still good
    byte[] of(Metadata headers, boolean strict) {
        if (headers != lastHeaders || lastHead.length == 0) {
            lastHead = encode(headers, strict);
            lastHeaders = headers;
        }
        return lastHead;
    }

    /** A name that is none for HTTP could pass for a header, or a message, of its own. */
    private byte[] encode(Metadata headers, boolean strict) {
        Buffer head = Buffer.buffer(USUAL_BYTES).appendBytes(startLine);
        headers.forEach((name, value) -> {
            boolean token = HeaderText.token(name);
            if (strict && !token) {
                throw new IllegalArgumentException(HeaderText.noToken(name));
            }
            if (token && !HeaderText.ruledByHttp(name)) {
                head.appendString(name).appendString(": ").appendBytes(HeaderText.wireBytes(value));
                head.appendString("\r\n");
            }
        });
        return head.appendString("Content-Length: ").getBytes();
    }

    /** Appends a head, the length and the empty line. */
    static void append(Buffer target, byte[] head, int length) {
        target.appendBytes(head);
        int divisor = 1;
        while (length / divisor >= 10) {
            divisor *= 10;
        }
        for (; divisor > 0; divisor /= 10) {
            target.appendByte((byte) ('0' + length / divisor % 10));
        }
        target.appendByte((byte) '\r')
                .appendByte((byte) '\n')
                .appendByte((byte) '\r')
                .appendByte((byte) '\n');
    }
}
