package dev.vertxmicro.broker.http.publishing;

import dev.vertxmicro.broker.http.nodes.SubscriberNode;
import dev.vertxmicro.broker.http.wire.MessageSocket;
import dev.vertxmicro.broker.http.wire.UnknownSubscription;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Requests on a connection of HTTP/1.1, pipelined: go-micro's {@code POST /_sub?id=…}, or
 * {@code POST /?id=…} to a node of the later form. An answer that does not fit HTTP, or
 * has no end, closes the connection.
 */
final class HttpLink implements Link {
    private static final int MAX_TEXT = 512;
    private static final int MAX_ANSWER_BYTES = 64 * 1024;
    private static final int MAX_INTERIM = 16;

    private final MessageSocket socket;
    private final Link.Events events;
    private final String head;
    private final StringBuilder text = new StringBuilder();
    private @Nullable HttpResponse response;
    private int answerBytes;
    private int interim;

    HttpLink(MessageSocket socket, SubscriberNode node, Link.Events events) {
        this.socket = socket;
        this.events = events;
        this.head = "POST " + node.form().path() + "?id=" + URLEncoder.encode(node.id(), StandardCharsets.UTF_8)
                + " HTTP/1.1\r\nHost: " + node.address()
                + "\r\nUser-Agent: vertx-micro\r\nContent-Type: application/json\r\nContent-Length: ";
        socket.onMessage(this::received);
        socket.onClose(() -> events.closed("connection was closed"));
    }

    @Override
    public void send(ByteBuf message) {
        byte[] start = (head + message.readableBytes() + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
        socket.write(Unpooled.wrappedBuffer(Unpooled.wrappedBuffer(start), message));
    }

    private void received(Object part) {
        try {
            if (part instanceof HttpResponse head) {
                response = head;
                text.setLength(0);
                answerBytes = 0;
                if (head.decoderResult().isFailure()) {
                    close();
                    return;
                }
            }
            if (part instanceof HttpContent content) {
                answerBytes += content.content().readableBytes();
                if (answerBytes > MAX_ANSWER_BYTES || content.decoderResult().isFailure()) {
                    close();
                    return;
                }
                text.append(content.content()
                        .toString(
                                content.content().readerIndex(),
                                Math.min(
                                        content.content().readableBytes(),
                                        MAX_TEXT - Math.min(MAX_TEXT, text.length())),
                                StandardCharsets.UTF_8));
            }
            if (part instanceof LastHttpContent) {
                answered();
            }
        } finally {
            ReferenceCountUtil.release(part);
        }
    }

    /** An interim answer, such as 100, is none. */
    private void answered() {
        HttpResponse answer = response;
        response = null;
        if (answer != null && answer.status().code() < 200) {
            interim++;
            if (interim > MAX_INTERIM) {
                close();
            }
        } else if (answer != null) {
            interim = 0;
            boolean unknown = UnknownSubscription.VALUE.equals(answer.headers().get(UnknownSubscription.HEADER));
            events.answered(answer.status().code(), unknown, text.toString().strip());
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
