package dev.vertxmicro.transport.http.streams;

import dev.vertxmicro.transport.http.wire.SignsOfLife;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Notices that the connection of a stream leads nowhere any more. Both ends, where both are ours, say at an interval that they are there,
 * whether the stream has messages or not; whatever comes is a sign of life, and an end that hears none for longer closes. Nobody asks and
 * nobody answers: an end that a slow reader holds back reads no question, but can say that it lives. While it does not read itself it
 * judges nobody. Belongs to the event loop of the connection, on which it also stands, to hear all that comes.
 */
final class StreamKeepAlive extends ChannelInboundHandlerAdapter {
    /**
     * After how many milliseconds at most something comes again. On a caller's opening it is an offer; elsewhere, on a message of no stream
     * or on a 102, it is the sign of life itself.
     */
    static final String HEADER = "Micro-Stream-Alive";

    private static final long LONGEST_MILLIS = TimeUnit.DAYS.toMillis(1);
    private static final String NAME = "microAlive";
    /** A loop that was held up runs its timers before it reads what has come meanwhile. */
    private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Channel channel;
    private final SignsOfLife.Settings settings;
    private final Runnable beat;
    private final Runnable dead;
    private long heardAt;
    private long limitNanos;
    private @Nullable ScheduledFuture<?> nextBeat;
    private @Nullable ScheduledFuture<?> nextLook;
    private boolean stopped;

    /**
     * Prepares.
     *
     * @param channel  of the connection
     * @param settings how often
     * @param beat     says that this end is there
     * @param dead     ends the connection
     */
    StreamKeepAlive(Channel channel, SignsOfLife.Settings settings, Runnable beat, Runnable dead) {
        this.channel = channel;
        this.settings = settings;
        this.beat = beat;
        this.dead = dead;
    }

    /** Hears what comes before somebody else of the pipeline does. */
    void before(ChannelHandlerContext own) {
        own.pipeline().addBefore(own.name(), NAME, this);
    }

    /** Gives what an opening says; empty where nothing is to be said. */
    static String offer(SignsOfLife.Settings settings) {
        long millis = Math.min(settings.interval().toMillis(), LONGEST_MILLIS);
        return millis > 0 ? Long.toString(millis) : "";
    }

    /** The other end would say that it lives: so does this one from now on. What is no offer is none. */
    void offered(String text) {
        if (nextBeat == null && !stopped && !offer(settings).isEmpty() && millis(text) > 0) {
            beat();
        }
    }

    /**
     * The other end says that it lives, and after how long at most it will say so again.
     *
     * @return whether it is given up from now on where it does not
     */
    boolean heard(String text) {
        long theirs = millis(text);
        offered(text);
        if (theirs > 0 && nextLook == null && nextBeat != null) {
            heardAt = System.nanoTime();
            limitNanos =
                    TimeUnit.MILLISECONDS.toNanos(theirs) + settings.timeout().toNanos();
            look(limitNanos);
        }
        return nextLook != null;
    }

    private static long millis(String text) {
        try {
            long millis = Long.parseLong(text);
            return millis > LONGEST_MILLIS ? 0 : millis;
        } catch (NumberFormatException noOffer) {
            return 0;
        }
    }

    /** Where more would only wait, there is enough on its way to be heard. */
    private void beat() {
        if (channel.isWritable()) {
            beat.run();
        }
        nextBeat = after(settings.interval().toNanos(), this::beat);
    }

    private void look(long nanos) {
        nextLook = after(nanos, this::look);
    }

    private void look() {
        long left = left();
        if (left > 0) {
            look(left);
        } else {
            nextLook = after(GRACE_NANOS, this::decide);
        }
    }

    private void decide() {
        long left = left();
        if (left > 0) {
            look(left);
        } else {
            stop();
            dead.run();
        }
    }

    private long left() {
        long now = System.nanoTime();
        if (!channel.config().isAutoRead()) {
            heardAt = now;
        }
        return heardAt + limitNanos - now;
    }

    private ScheduledFuture<?> after(long nanos, Runnable step) {
        return channel.eventLoop().schedule(step, nanos, TimeUnit.NANOSECONDS);
    }

    /** How long nothing has come for, when the connection is given up. */
    Duration limit() {
        return Duration.ofNanos(limitNanos);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        heardAt = System.nanoTime();
        ctx.fireChannelRead(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stop();
        ctx.fireChannelInactive();
    }

    /** Ends. */
    void stop() {
        stopped = true;
        cancel(nextBeat);
        cancel(nextLook);
    }

    private static void cancel(@Nullable ScheduledFuture<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
