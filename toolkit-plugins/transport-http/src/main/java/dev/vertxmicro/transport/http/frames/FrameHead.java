package dev.vertxmicro.transport.http.frames;

import dev.vertxmicro.message.Metadata;

/**
 * The start line and headers of one HTTP message of a stream connection.
 *
 * @param headers  all of them
 * @param status   status line of a response after its version, {@code 200 OK}; empty for a request
 * @param length   length of the body, {@link #CHUNKED} if it says so itself
 */
public record FrameHead(Metadata headers, String status, int length) {
    static final int CHUNKED = -1;

    boolean chunked() {
        return length == CHUNKED;
    }

    /** The same head before another body. */
    FrameHead withLength(int other) {
        return other == length ? this : new FrameHead(headers, status, other);
    }
}
