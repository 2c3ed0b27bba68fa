package dev.vertxmicro.transport.http.wire;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches a connection of HTTP/1.1, on which a peer that works cannot be asked, while an answer is due there: where nothing comes for
 * long, the peer is asked on another connection. One that says nothing there either is not there any more, and the connection is broken.
 * Any answer will do, a refusal too: it is silence that is judged. While the connection is not read, nobody is. Belongs to its event loop.
 */
public final class SilenceWatch extends ChannelDuplexHandler {
    private static final String NAME = "microSilence";

    /**
     * After how long an answer is missed, and who is asked then.
     *
     * @param settings after how long
     * @param probe    asks the peer; completes when it has answered anything, and fails where it has not
     */
    public record Means(SignsOfLife.Settings settings, Supplier<Future<Void>> probe) {}

    private final Channel channel;
    private final Means means;
    private final Consumer<String> dead;
    private long heardAt = System.nanoTime();
    private boolean due;
    private @Nullable ScheduledFuture<?> timer;

    private SilenceWatch(Channel channel, Means means, boolean due, Consumer<String> dead) {
        this.channel = channel;
        this.means = means;
        this.due = due;
        this.dead = dead;
    }

    /**
     * Watches a connection of calls, of which those that wait fail.
     *
     * @param own    the place of Vert.x in the pipeline of the connection
     * @param means  how
     * @param breaks told why the connection is broken
     */
    public static void calls(ChannelHandlerContext own, Means means, Consumer<String> breaks) {
        Channel channel = own.channel();
        new SilenceWatch(channel, means, false, why -> {
                    breaks.accept(why);
                    channel.pipeline().context(NAME).fireExceptionCaught(new IOException(why));
                    var unused = channel.close();
                })
                .before(own);
    }

    /**
     * Watches the connection of a stream, on which something should come all the time.
     *
     * @param own   the place of Vert.x in the pipeline of the connection
     * @param means how
     * @param dead  ends it
     * @return the watch, until there is a better one
     */
    public static SilenceWatch stream(ChannelHandlerContext own, Means means, Consumer<String> dead) {
        SilenceWatch watch = new SilenceWatch(own.channel(), means, true, dead);
        watch.before(own);
        return watch;
    }

    private void before(ChannelHandlerContext own) {
        if (!means.settings().interval().isZero()) {
            own.pipeline().addBefore(own.name(), NAME, this);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        after(means.settings().interval().toNanos(), this::look);
    }

    private void after(long nanos, Runnable step) {
        timer = channel.eventLoop().schedule(step, nanos, TimeUnit.NANOSECONDS);
    }

    private long silence() {
        long now = System.nanoTime();
        if (!due || !channel.config().isAutoRead()) {
            heardAt = now;
        }
        return now - heardAt;
    }

    private void look() {
        long left = means.settings().interval().toNanos() - silence();
        if (left > 0) {
            after(left, this::look);
            return;
        }
        timer = null;
        means.probe().get().onComplete(asked -> channel.eventLoop().execute(() -> answered(asked.succeeded())));
    }

    private void answered(boolean there) {
        if (!channel.isActive() || channel.pipeline().get(NAME) == null) {
            return;
        }
        if (there || silence() < means.settings().interval().toNanos()) {
            after(means.settings().interval().toNanos(), this::look);
        } else {
            dead.accept("no sign of life from " + channel.remoteAddress() + " for "
                    + TimeUnit.NANOSECONDS.toMillis(silence()) + " ms, on another connection neither");
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof HttpRequest) {
            due = true;
            heardAt = System.nanoTime();
        }
        var unused = ctx.write(message, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        heardAt = System.nanoTime();
        if (message instanceof LastHttpContent) {
            due = false;
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    /** There is a better way to know by now. */
    public void leave() {
        if (channel.pipeline().get(NAME) != null) {
            channel.pipeline().remove(this);
        }
    }
}
