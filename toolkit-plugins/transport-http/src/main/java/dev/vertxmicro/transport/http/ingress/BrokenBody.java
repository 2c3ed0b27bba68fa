package dev.vertxmicro.transport.http.ingress;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import org.jspecify.annotations.Nullable;

/**
 * Stands before Vert.x's own handler of a server connection, which closes without a word when a body is broken (a chunk size that
 * is no number): the request is marked as malformed and ended instead, so that it gets its 400 when its turn comes.
 */
public final class BrokenBody extends ChannelInboundHandlerAdapter {
    private @Nullable HttpRequest head;

    private BrokenBody() {}

    /**
     * Watches a connection; one that does not speak HTTP/1.1 is left alone.
     *
     * @param connection the connection
     */
    public static void watch(HttpConnection connection) {
        ServerPipeline.ofHttp1(connection)
                .ifPresent(own -> own.pipeline().addBefore(own.name(), "microBrokenBody", new BrokenBody()));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest request) {
            head = request;
        } else if (message instanceof HttpContent content
                && content.decoderResult().isFailure()) {
            HttpRequest broken = head;
            head = null;
            if (broken != null) {
                broken.setDecoderResult(content.decoderResult());
            }
            ReferenceCountUtil.release(message);
            ctx.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
            return;
        } else if (message instanceof LastHttpContent) {
            head = null;
        }
        ctx.fireChannelRead(message);
    }
}
