package dev.vertxmicro.transport.http.ingress;

import dev.vertxmicro.net.MemoryBudget;
import dev.vertxmicro.net.MemoryShare;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpConnection;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a connection of HTTP/1.1 that have come and are not answered. While there is one, what a peer pipelines waits as
 * the bytes that it is. Stands between the HTTP codec and whoever answers.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the writer has the promise
public final class OpenRequests extends ChannelDuplexHandler implements ReadTurns.Requests {
    private final ReadTurns turns;
    private int open;
    private @Nullable HttpRequest last;
    private long came;

    private OpenRequests(MemoryShare share) {
        this.turns = new ReadTurns(this, share);
    }

    /**
     * Watches a connection, before those do who see only the bytes that have their turn; one that does not speak HTTP/1.1 is left
     * alone.
     *
     * @param connection the connection
     * @param budget     of all together
     */
    public static void watch(HttpConnection connection, MemoryBudget budget) {
        ServerPipeline.ofHttp1(connection).ifPresent(own -> {
            OpenRequests requests = new OpenRequests(budget.share());
            requests.turns.stand(own.pipeline(), ServerPipeline.DECODER);
            own.pipeline().addBefore(own.name(), "microOpen", requests);
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest request) {
            last = request;
            came = 0;
        }
        if (message instanceof LastHttpContent) {
            last = null;
            open++;
            turns.request();
        } else if (message instanceof HttpContent content) {
            came += content.content().readableBytes();
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        ctx.write(message, promise);
        if (message instanceof LastHttpContent && !isInformational(message)) {
            open--;
            if (room()) {
                turns.goOn();
            }
        }
    }

    /** As {@code 100 Continue}, after which the request goes on. */
    private static boolean isInformational(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    @Override
    public boolean room() {
        return open <= 0;
    }

    @Override
    public int piece() {
        return 512;
    }

    @Override
    public long missing() {
        HttpRequest request = last;
        return request == null ? 0 : HttpUtil.getContentLength(request, 0L) - came;
    }
}
