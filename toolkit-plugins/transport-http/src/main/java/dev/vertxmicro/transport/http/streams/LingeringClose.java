package dev.vertxmicro.transport.http.streams;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection on which the other end may still be sending. Closed at once, with bytes unread, it would be reset, and the
 * last words with it; so our direction ends first, and the whole when the other end has read them, or soon.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a close that fails has nobody to tell
final class LingeringClose {
    static final int GRACE_SECONDS = 2;

    private LingeringClose() {}

    /**
     * Ends a connection once what was written has left; whoever owns it reads on and drops what comes.
     *
     * @param out past whom it was written
     */
    static void of(ChannelHandlerContext out) {
        Channel channel = out.channel();
        out.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(flushed -> {
            if (channel instanceof DuplexChannel duplex) {
                duplex.shutdownOutput();
            }
        });
        var timer = channel.eventLoop().schedule(() -> channel.close(), GRACE_SECONDS, TimeUnit.SECONDS);
        channel.closeFuture().addListener(closed -> timer.cancel(false));
    }
}
