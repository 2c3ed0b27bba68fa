package dev.vertxmicro.broker.http.receiving;

import dev.vertxmicro.net.Announcement;
import dev.vertxmicro.net.MemoryBudget;
import dev.vertxmicro.net.MemoryShare;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import org.jspecify.annotations.Nullable;

/** Puts the requests of a connection together out of their parts, within the limits. Used on the context of the broker. */
final class RequestReader {
    /** Hears what was read. */
    interface Events {
        /** A head has come, and perhaps a body follows. */
        void begun();

        /** The peer waits to be told to go on. */
        void waitsForContinue();

        /** A request is there as a whole. */
        void complete(Request request);

        /** What comes is no request, or too much; nothing that follows can be read. */
        void refused(String status, String why);
    }

    /** A request as a whole; who takes it closes its share when nobody needs it any more. */
    record Request(String method, String uri, boolean keepAlive, BodyBuffer body, MemoryShare share) {}

    private final int maxBytes;
    private final MemoryBudget budget;
    private final Events events;
    private @Nullable HttpRequest head;
    private MemoryShare share;
    private BodyBuffer body;

    RequestReader(int maxBytes, MemoryBudget budget, Events events) {
        this.maxBytes = maxBytes;
        this.budget = budget;
        this.events = events;
        this.share = budget.share();
        this.body = new BodyBuffer(share, maxBytes);
    }

    /** True between the head of a request and its end. */
    boolean isInside() {
        return head != null;
    }

    /** Takes what the decoder of HTTP gives. */
    void read(Object part) {
        if (part instanceof HttpRequest request) {
            begin(request);
        }
        if (part instanceof HttpContent content && head != null) {
            append(content);
        }
        HttpRequest whole = head;
        if (part instanceof LastHttpContent && whole != null) {
            Request request = new Request(whole.method().name(), whole.uri(), HttpUtil.isKeepAlive(whole), body, share);
            next();
            events.complete(request);
        }
    }

    private void begin(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            refuse(
                    status(request.decoderResult().cause()),
                    request.decoderResult().cause());
            return;
        }
        head = request;
        events.begun();
        String expect = request.protocolVersion().equals(HttpVersion.HTTP_1_0)
                ? ""
                : request.headers().get(HttpHeaderNames.EXPECT, "");
        String length = request.headers().get(HttpHeaderNames.CONTENT_LENGTH, "");
        switch (Announcement.of(expect, length, maxBytes)) {
            case CONTINUE -> events.waitsForContinue();
            case UNKNOWN -> refuse("417 Expectation Failed", "expects " + expect);
            case TOO_LARGE -> tooLarge();
            case NONE -> {}
        }
    }

    private void append(HttpContent content) {
        if (content.decoderResult().isFailure()) {
            Throwable cause = content.decoderResult().cause();
            refuse(cause instanceof TooLongHttpHeaderException ? status(cause) : "400 Bad Request", cause);
            return;
        }
        ByteBuf part = content.content();
        if (part.isReadable()) {
            switch (body.append(part)) {
                case TAKEN -> {}
                case TOO_LARGE -> tooLarge();
                case NO_ROOM ->
                    refuse("503 Service Unavailable", "too many bytes of messages are in memory, come again");
            }
        }
    }

    private static String status(Throwable cause) {
        if (cause instanceof TooLongHttpHeaderException) {
            return "431 Request Header Fields Too Large";
        }
        return cause instanceof TooLongHttpLineException ? "414 URI Too Long" : "400 Bad Request";
    }

    private void tooLarge() {
        refuse("413 Request Entity Too Large", "message exceeds " + maxBytes + " bytes");
    }

    private void refuse(String status, Throwable cause) {
        refuse(status, String.valueOf(cause.getMessage()));
    }

    private void refuse(String status, String why) {
        close();
        events.refused(status, why);
    }

    /** Forgets what is not complete. */
    void close() {
        share.close();
        next();
    }

    /** Holds on to nothing of what was. */
    private void next() {
        head = null;
        share = budget.share();
        body = new BodyBuffer(share, maxBytes);
    }
}
