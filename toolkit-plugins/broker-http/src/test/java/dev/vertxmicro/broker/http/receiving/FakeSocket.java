package dev.vertxmicro.broker.http.receiving;

import dev.vertxmicro.broker.http.wire.MessageSocket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.internal.net.NetSocketInternal;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A connection whose peer reads when the test says so. */
final class FakeSocket {
    private final EmbeddedChannel decoder = new EmbeddedChannel(new HttpRequestDecoder());
    private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
    private final List<String> written = new ArrayList<>();
    private final Deque<Promise<Void>> unread = new ArrayDeque<>();
    private Handler<Object> messages = part -> {};
    private boolean closed;
    private final MessageSocket socket = MessageSocket.of(internal(), new ChannelInboundHandlerAdapter());

    MessageSocket socket() {
        return socket;
    }

    private NetSocketInternal internal() {
        return (NetSocketInternal) Proxy.newProxyInstance(
                FakeSocket.class.getClassLoader(), new Class<?>[] {NetSocketInternal.class}, (proxy, method, args) -> {
                    switch (method.getName()) {
                        case "messageHandler" -> messages = handler(args[0]);
                        case "writeMessage" -> {
                            return write((ByteBuf) args[0]);
                        }
                        case "close" -> closed = true;
                        case "channelHandlerContext" -> {
                            return channel.pipeline().firstContext();
                        }
                        case "exceptionHandler" -> {}
                        case "remoteAddress" -> {
                            return null;
                        }
                        default -> throw new AssertionError(method);
                    }
                    return method.getReturnType() == Future.class ? Future.succeededFuture() : proxy;
                });
    }

    @SuppressWarnings("unchecked")
    private static Handler<Object> handler(Object argument) {
        return (Handler<Object>) argument;
    }

    private Future<Void> write(ByteBuf bytes) {
        written.add(bytes.toString(StandardCharsets.US_ASCII));
        Promise<Void> promise = Promise.promise();
        unread.add(promise);
        return promise.future();
    }

    /** What the peer sends, in one piece. */
    void receives(String text) {
        decoder.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
        for (Object part = decoder.readInbound(); part != null; part = decoder.readInbound()) {
            messages.handle(part);
        }
    }

    /** The peer reads what was written up to now. */
    void reads() {
        List<Promise<Void>> now = List.copyOf(unread);
        unread.clear();
        now.forEach(Promise::complete);
    }

    boolean isRead() {
        return channel.config().isAutoRead();
    }

    boolean isClosed() {
        return closed;
    }

    List<String> written() {
        return written;
    }
}
