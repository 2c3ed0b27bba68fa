package dev.vertxmicro.net;

import io.netty.handler.codec.http.HttpHeaderValues;

/** What the head of an HTTP request says of the body that is to come, and so what a server answers before there is one. */
public enum Announcement {
    /** Nothing to answer: the body is on its way, or there is none. */
    NONE,
    /** The peer waits for 100 (Continue). */
    CONTINUE,
    /** The peer expects what nobody here knows: 417, and no more of this connection. */
    UNKNOWN,
    /** The body is larger than what is taken: 413, and no more of this connection, since the peer may send it nevertheless. */
    TOO_LARGE;

    /**
     * Reads what a head announces (RFC 9110, section 10.1.1). An HTTP/1.0 peer expects nothing, whatever it says; leave its
     * {@code Expect} out.
     *
     * @param expect        header {@code Expect}, empty if absent
     * @param contentLength header {@code Content-Length}, empty if absent; one that is no number announces nothing
     * @param maxBytes      of a body
     * @return what to answer
     */
    public static Announcement of(String expect, String contentLength, long maxBytes) {
        if (!expect.isEmpty() && !HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expect)) {
            return UNKNOWN;
        }
        if (exceeds(contentLength, maxBytes)) {
            return TOO_LARGE;
        }
        return expect.isEmpty() ? NONE : CONTINUE;
    }

    private static boolean exceeds(String contentLength, long maxBytes) {
        if (contentLength.isEmpty()) {
            return false;
        }
        try {
            return Long.parseLong(contentLength) > maxBytes;
        } catch (NumberFormatException e) {
            return contentLength.length() > 18 && contentLength.chars().allMatch(c -> c >= '0' && c <= '9');
        }
    }
}
