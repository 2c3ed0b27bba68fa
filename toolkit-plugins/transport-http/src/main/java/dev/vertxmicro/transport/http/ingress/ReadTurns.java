package dev.vertxmicro.transport.http.ingress;

import dev.vertxmicro.net.MemoryShare;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets all connections of an event loop have their turns: of what came in one read only so much is handed on that some requests are
 * among it, and nothing while one of them is not answered. The rest waits for the next turn, and nothing is read meanwhile.
 *
 * <p>Stands before the decoder. Vert.x too switches reading off and on, which is seen by the channel's {@code autoRead} whenever
 * bytes are handed on. A connection that does not pipeline pays for a look at the length of what it sent.
 */
@SuppressWarnings("FutureReturnValueIgnored") // of the next turn
final class ReadTurns extends ChannelDuplexHandler {
    private static final String NAME = "microTurns";
    /** Up to which a read is handed on as it is: a usual request, and some more than a turn's worth of the smallest. */
    private static final int WHOLE = 2048;
    /** Requests, after which other connections have their turn. */
    private static final int REQUESTS = 8;

    /** What is known of the requests that were handed on. */
    interface Requests {

        /** Tells whether more may be handed on; when it tells so again {@link #goOn} is due. */
        boolean room();

        /** Bytes handed on at once, as there is no telling how many requests they are. */
        int piece();

        /** Bytes that follow and are part of the last request for certain. */
        default long missing() {
            return 0;
        }
    }

    private final Requests state;
    private final MemoryShare share;
    private final Deque<ByteBuf> held = new ArrayDeque<>(2);
    private @Nullable ChannelHandlerContext self;
    private int requests;
    private boolean handing;
    private boolean handed;
    private boolean stopped;
    private boolean looking;
    private boolean swallowed;
    private boolean scheduled;

    /**
     * Makes a handler.
     *
     * @param state tells what became of what was handed on
     * @param share counts what waits
     */
    ReadTurns(Requests state, MemoryShare share) {
        this.state = state;
        this.share = share;
    }

    /**
     * Takes its place.
     *
     * @param pipeline of the connection
     * @param decoder  name of the handler whom the bytes go to
     */
    void stand(ChannelPipeline pipeline, String decoder) {
        pipeline.addBefore(decoder, NAME, this);
    }

    /** Goes, and hands on all it holds, where a connection carries no requests any more. To be called after the decoder went. */
    static void leave(ChannelPipeline pipeline) {
        if (pipeline.get(NAME) != null) {
            pipeline.remove(NAME);
        }
    }

    /** A request has come. */
    void request() {
        requests++;
    }

    /** There may be room again. */
    void goOn() {
        ChannelHandlerContext ctx = self;
        if (ctx != null && !held.isEmpty() && !handing && !scheduled) {
            scheduled = true;
            ctx.executor().schedule(this::turn, 0, TimeUnit.NANOSECONDS); // unlike a task, not before the next look
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        self = ctx;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            ctx.fireChannelRead(message);
        } else if (held.isEmpty() && bytes.readableBytes() <= WHOLE && mayHand()) {
            handed = true;
            ctx.fireChannelRead(bytes);
        } else {
            held.add(bytes);
            hand(ctx);
            stopIfHolding(ctx);
            if (!account()) {
                ctx.close();
            }
        }
    }

    /** Counts what waits. False if there is no room for it. */
    private boolean account() {
        long waiting = 0;
        for (ByteBuf bytes : held) {
            waiting += bytes.readableBytes();
        }
        long more = waiting - share.heldBytes();
        share.giveBack(-Math.min(0, more));
        return more <= 0 || share.take(more);
    }

    private boolean mayHand() {
        return requests < REQUESTS && state.room();
    }

    private void hand(ChannelHandlerContext ctx) {
        if (handing) {
            return;
        }
        handing = true;
        try {
            while (!held.isEmpty() && mayHand()) {
                handed = true;
                ByteBuf first = held.element();
                int piece = (int) Math.max(state.piece(), Math.min(state.missing(), first.readableBytes()));
                ctx.fireChannelRead(first.readableBytes() <= piece ? held.remove() : first.readRetainedSlice(piece));
            }
        } finally {
            handing = false;
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (handed || held.isEmpty()) {
            complete(ctx);
        }
        if (!scheduled) {
            requests = 0;
            if (state.room()) {
                goOn();
            }
        }
    }

    private void turn() {
        scheduled = false;
        requests = 0;
        ChannelHandlerContext ctx = self;
        if (ctx == null || held.isEmpty() || !mayHand()) {
            return;
        }
        look(ctx);
        if (ctx.channel().config().isAutoRead()) {
            hand(ctx);
            complete(ctx);
            if (stopped && state.room()) {
                goOn();
            }
        }
    }

    /** Tells those behind that this was all for now; what they want is known then. */
    private void complete(ChannelHandlerContext ctx) {
        handed = false;
        look(ctx);
        ctx.fireChannelReadComplete();
        stopIfHolding(ctx);
        account();
        if (swallowed && held.isEmpty() && ctx.channel().config().isAutoRead()) {
            swallowed = false;
            ctx.read();
        }
    }

    /** Gives the channel's switch to those behind, without anything being read. */
    private void look(ChannelHandlerContext ctx) {
        if (stopped) {
            stopped = false;
            looking = !held.isEmpty();
            ctx.channel().config().setAutoRead(true);
        }
    }

    private void stopIfHolding(ChannelHandlerContext ctx) {
        looking = false;
        if (!held.isEmpty() && ctx.channel().config().isAutoRead()) {
            stopped = true;
            ctx.channel().config().setAutoRead(false);
        }
    }

    /** Somebody wants to read. */
    @Override
    public void read(ChannelHandlerContext ctx) {
        if (held.isEmpty()) {
            ctx.read();
        } else if (looking || handing) {
            swallowed = true;
        } else {
            stopIfHolding(ctx);
            goOn();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        ctx.fireChannelWritabilityChanged();
        goOn();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        self = null;
        share.close();
        boolean holding = !held.isEmpty();
        while (!held.isEmpty()) {
            ctx.fireChannelRead(held.remove());
        }
        if (holding) {
            ctx.fireChannelReadComplete();
        }
        if (stopped) {
            ctx.channel().config().setAutoRead(true);
        } else if (swallowed && ctx.channel().config().isAutoRead()) {
            ctx.channel().read();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        self = null;
        share.close();
        held.forEach(ByteBuf::release);
        held.clear();
        ctx.fireChannelInactive();
    }
}
