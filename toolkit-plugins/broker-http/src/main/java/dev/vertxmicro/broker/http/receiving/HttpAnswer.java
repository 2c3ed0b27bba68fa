package dev.vertxmicro.broker.http.receiving;

import dev.vertxmicro.broker.http.wire.BrokerFailure;
import dev.vertxmicro.broker.http.wire.UnknownSubscription;
import dev.vertxmicro.error.MicroException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** An answer of the receiver, head and body: go-micro's, word for word. Immutable. */
final class HttpAnswer {
    private static final int MAX_DETAIL = 1000;

    /** The subscribers have handled it. */
    static final HttpAnswer OK = of("200 OK", "", "", false);
    /** For a Go peer the same; ours is told that nobody got it. */
    static final HttpAnswer UNKNOWN =
            of("200 OK", UnknownSubscription.HEADER + ": " + UnknownSubscription.VALUE + "\r\n", "", false);

    static final HttpAnswer NOT_FOUND = text("404 Not Found", "404 page not found\n", false);
    static final HttpAnswer NOT_POST = text(
            "405 Method Not Allowed",
            MicroException.badRequest(BrokerFailure.ID, "Method not allowed").toJson() + "\n",
            false);
    static final HttpAnswer NO_TOPIC = failed("Topic not found");
    static final HttpAnswer CONTINUE =
            new HttpAnswer("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII), false);

    private final byte[] bytes;
    private final boolean last;

    private HttpAnswer(byte[] bytes, boolean last) {
        this.bytes = bytes;
        this.last = last;
    }

    /** For what the subscribers did not handle, and for what is no message. */
    static HttpAnswer failed(String detail) {
        String text = detail.length() <= MAX_DETAIL ? detail : detail.substring(0, MAX_DETAIL) + "…";
        return of(
                "500 Internal Server Error",
                "Content-Type: text/plain; charset=utf-8\r\n",
                MicroException.internal(BrokerFailure.ID, text).toJson(),
                false);
    }

    /** For what is no HTTP, or passes a limit. */
    static HttpAnswer refused(String status, String text) {
        return text(status, text + "\n", true);
    }

    /** As Go's {@code http.Error} makes it. */
    private static HttpAnswer text(String status, String body, boolean last) {
        String headers = "Content-Type: text/plain; charset=utf-8\r\nX-Content-Type-Options: nosniff\r\n";
        return of(status, headers, body, last);
    }

    private static HttpAnswer of(String status, String headers, String body, boolean last) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + status + "\r\n" + headers + (last ? "Connection: close\r\n" : "")
                + "Content-Length: " + content.length + "\r\n\r\n";
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[start.length + content.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(content, 0, all, start.length, content.length);
        return new HttpAnswer(all, last);
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

    HttpAnswer asLast() {
        return last ? this : new HttpAnswer(bytes, true);
    }
}
