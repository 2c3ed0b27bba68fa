package dev.vertxmicro.transport.http.wire;

import io.netty.channel.Channel;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A frame that has begun must come to its end in time. Belongs to the event loop of its connection. */
public final class FrameDeadline {
    private final Channel channel;
    private final Duration timeout;
    private final Runnable onLate;
    private @Nullable ScheduledFuture<?> timer;
    private long current;
    private long watched;

    /**
     * Makes a deadline.
     *
     * @param channel of the connection
     * @param timeout for a frame
     * @param onLate  run when there is more to a frame and it does not come
     */
    public FrameDeadline(Channel channel, Duration timeout, Runnable onLate) {
        this.channel = channel;
        this.timeout = timeout;
        this.onLate = onLate;
    }

    /**
     * All that has come was read.
     *
     * @param part   whether part of a frame is among it
     * @param frames how many whole ones have come by now: while there are more and more of them, none is late
     */
    public void read(boolean part, long frames) {
        current = frames;
        if (!part) {
            stop();
        } else if (timer == null) {
            start();
        }
    }

    private void start() {
        watched = current;
        timer = channel.eventLoop().schedule(this::expire, timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void expire() {
        timer = null;
        if (channel.config().isAutoRead() && current == watched) {
            onLate.run();
        } else {
            start(); // another frame by now, or not the peer's fault: nobody reads
        }
    }

    /** Expects nothing more. */
    public void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
