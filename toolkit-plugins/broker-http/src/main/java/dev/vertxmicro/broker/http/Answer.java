package dev.vertxmicro.broker.http;

import dev.vertxmicro.error.MicroException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** An answer of the receiver, head and body: go-micro's, word for word. Immutable. */
final class Answer {
    private static final int MAX_DETAIL = 1000;

    /** The subscribers have handled it. */
    static final Answer OK = of("200 OK", "", "", false);
    /** For a Go peer the same; ours is told that nobody got it. */
    static final Answer UNKNOWN = of("200 OK", HttpLink.UNKNOWN_HEADER + ": " + HttpLink.UNKNOWN + "\r\n", "", false);

    static final Answer NOT_FOUND = text("404 Not Found", "404 page not found\n", false);
    static final Answer NOT_POST = text(
            "405 Method Not Allowed",
            MicroException.badRequest(Publisher.ID, "Method not allowed").toJson() + "\n",
            false);
    static final Answer NO_TOPIC = failed("Topic not found");
    static final Answer CONTINUE =
            new Answer("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII), false);

    private final byte[] bytes;
    private final boolean last;

    private Answer(byte[] bytes, boolean last) {
        this.bytes = bytes;
        this.last = last;
    }

    /** For what the subscribers did not handle, and for what is no message. */
    static Answer failed(String detail) {
        String text = detail.length() <= MAX_DETAIL ? detail : detail.substring(0, MAX_DETAIL) + "…";
        return of(
                "500 Internal Server Error",
                "Content-Type: text/plain; charset=utf-8\r\n",
                MicroException.internal(Publisher.ID, text).toJson(),
                false);
    }

    /** For what is no HTTP, or passes a limit. */
    static Answer refused(String status, String text) {
        return text(status, text + "\n", true);
    }

    /** As Go's {@code http.Error} makes it. */
    private static Answer text(String status, String body, boolean last) {
        String headers = "Content-Type: text/plain; charset=utf-8\r\nX-Content-Type-Options: nosniff\r\n";
        return of(status, headers, body, last);
    }

    private static Answer of(String status, String headers, String body, boolean last) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + status + "\r\n" + headers + (last ? "Connection: close\r\n" : "")
                + "Content-Length: " + content.length + "\r\n\r\n";
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[start.length + content.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(content, 0, all, start.length, content.length);
        return new Answer(all, last);
    }

    /** Tells how many bytes it takes. */
    int length() {
        return bytes.length;
    }

    /** Gives what is sent; may be written once. */
    ByteBuf bytes() {
        return Unpooled.wrappedBuffer(bytes);
    }

    /** Tells whether the connection is closed after it. */
    boolean isLast() {
        return last;
    }

    Answer asLast() {
        return last ? this : new Answer(bytes, true);
    }
}
