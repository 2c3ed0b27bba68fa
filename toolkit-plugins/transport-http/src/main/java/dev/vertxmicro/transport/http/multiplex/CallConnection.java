package dev.vertxmicro.transport.http.multiplex;

import dev.vertxmicro.engine.BufferContent;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.transport.http.wire.FrameException;
import dev.vertxmicro.transport.http.wire.MessageLimits;
import dev.vertxmicro.transport.http.wire.SignsOfLife;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.collection.IntObjectHashMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The caller's end of a multiplexed connection. Everything here happens on its event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // a close that fails has nobody to tell
public final class CallConnection extends ChannelInboundHandlerAdapter implements CallFrameReader.Sink {
    /** Calls at once; more go by connections of their own. */
    public static final int MAX_CALLS = 1000;
    /** What a frame has beside headers and body. */
    private static final int FRAME_BYTES = 64;

    private final String address;
    private final CallPool pool;
    private final int maxHeaderBytes;
    private final RareWarning breaks;
    private final ChannelHandlerContext out;
    private final CallFrameWriter writer;
    private final CallFrameReader reader;
    private final HeaderBlock block = new HeaderBlock();
    private final IntObjectHashMap<MultiplexedCall> calls = new IntObjectHashMap<>();
    private int lastId;
    private boolean stale;
    private boolean retired;
    private boolean last;
    private boolean broken;
    private boolean pings;
    private @Nullable SignsOfLife keepAlive;
    private String end = "EOF";

    /**
     * Makes a connection of what was opened.
     *
     * @param address of the peer
     * @param pool    who uses it
     * @param limits  of answers
     * @param breaks  says which of them end a connection
     * @param out     past whom its bytes go
     */
    public CallConnection(
            String address, CallPool pool, MessageLimits limits, RareWarning breaks, ChannelHandlerContext out) {
        this.address = address;
        this.pool = pool;
        this.maxHeaderBytes = limits.maxHeaderBytes();
        this.breaks = breaks;
        this.out = out;
        this.writer = new CallFrameWriter(out);
        this.reader = new CallFrameReader(CallFrameWriter.MAX_BODY + maxHeaderBytes + FRAME_BYTES, this);
    }

    /**
     * Sends a call, or ends it.
     *
     * @return false if it must go another way
     */
    public boolean send(MultiplexedCall call) {
        if (call.cancelled()) {
            return true;
        }
        if (retired || calls.size() >= MAX_CALLS || writer.full()) {
            return false;
        }
        int id = lastId + 1;
        try {
            if (!writer.message(CallFrameWriter.CALL, id, call.message(), CallFrameWriter.MAX_CALL)) {
                return false;
            }
        } catch (IllegalArgumentException e) {
            call.malformed(e);
            return true;
        }
        lastId = id;
        calls.put(id, call);
        call.sent(() -> cancel(id));
        return true;
    }

    private void cancel(int id) {
        if (!out.executor().inEventLoop()) {
            out.executor().execute(() -> cancel(id));
        } else if (calls.remove(id) != null) {
            writer.text(CallFrameWriter.CANCEL, id, "");
            if (keepAlive != null) {
                keepAlive.suspect();
            }
            closeIfDone();
        }
    }

    /** Says whether the peer knows pings. */
    void pings(boolean known) {
        pings = known;
    }

    /** Notices a peer that is gone without a word, where it knows pings. */
    public void keepAlive(SignsOfLife.Settings settings) {
        if (pings && !settings.interval().isZero()) {
            keepAlive = new SignsOfLife(
                    out.executor(), settings, () -> writer.text(CallFrameWriter.PING, 0, ""), this::silent);
            keepAlive.start();
        }
    }

    private void silent() {
        end = "no sign of life from " + address;
        breaks.warn("http: connection to " + address + " closed: it leads nowhere, a ping was not answered");
        out.close();
    }

    /** Calls that wait for their answers. */
    int inFlight() {
        return calls.size();
    }

    /** Tells whether calls may be sent. */
    boolean usable() {
        return !retired;
    }

    /** Tells whether it has lived long enough, and is used only until there is another. */
    boolean stale() {
        return stale;
    }

    /** Takes no more calls, and closes once all are answered. */
    void retire() {
        retired = true;
        pool.retired(this);
        closeIfDone();
    }

    /** Looks at the age every so often. */
    public void expireAfter(Duration ttl) {
        out.executor().schedule(() -> expire(ttl), ttl.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void expire(Duration ttl) {
        stale = true;
        if (calls.isEmpty()) {
            retire();
        } else if (!retired) {
            expireAfter(ttl);
        }
    }

    private void closeIfDone() {
        if (retired && calls.isEmpty()) {
            writer.flush();
            out.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            ctx.fireChannelRead(message);
            return;
        }
        if (keepAlive != null) {
            keepAlive.came();
        }
        writer.beginRead();
        try {
            if (!broken) {
                reader.feed(bytes);
            }
        } catch (FrameException malformed) {
            breakOff(String.valueOf(malformed.getMessage()));
        } catch (RuntimeException | Error e) {
            breakOff("cannot be read: " + e);
        } finally {
            bytes.release();
        }
    }

    /** Nothing that follows would be understood. */
    private void breakOff(String why) {
        broken = true;
        end = why + " from " + address;
        breaks.warn("http: connection to " + address + " closed: " + why);
        out.close();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        writer.endRead();
        closeIfDone();
        ctx.fireChannelReadComplete();
    }

    @Override
    public void frame(int kind, int id, ByteBuf payload) throws FrameException {
        if (kind == CallFrameWriter.LAST) {
            last(id, payload);
            return;
        }
        if (pings && PingFrames.take(kind, id, payload, writer)) {
            return;
        }
        writer.left().check(id);
        MultiplexedCall call = calls.get(id); // none if it was cancelled: its answer was on its way
        if (kind == CallFrameWriter.ANSWER) {
            Metadata headers = headers(payload);
            Buffer body = Buffer.buffer(payload.readableBytes()).appendBuffer(BufferContent.wrap(payload.slice()));
            if (call != null) {
                call.ends();
                calls.remove(id);
                call.answered(new Message(headers, body));
            }
        } else if (kind == CallFrameWriter.LARGE) {
            large(id, call, payload);
        } else if (kind == CallFrameWriter.PART) {
            if (call != null && call.part(payload)) {
                calls.remove(id);
            }
        } else if (kind == CallFrameWriter.REFUSED) {
            if (call != null) {
                call.ends();
                calls.remove(id);
                call.refused(payload.toString(StandardCharsets.UTF_8));
            }
        } else {
            throw new FrameException("frame of kind " + kind);
        }
    }

    private void last(int id, ByteBuf payload) throws FrameException {
        if (last || id != 0 || payload.isReadable()) {
            throw new FrameException("second or malformed frame of kind " + CallFrameWriter.LAST);
        }
        last = true;
        retire();
    }

    private void large(int id, @Nullable MultiplexedCall call, ByteBuf payload) throws FrameException {
        Metadata headers = headers(payload);
        int length = payload.readableBytes() == 4 ? payload.readInt() : -1;
        if (length <= 0) {
            throw new FrameException("large answer without a length");
        }
        if (call != null && !call.begins(headers, length)) {
            calls.remove(id);
            writer.text(CallFrameWriter.CANCEL, id, "");
        }
    }

    private Metadata headers(ByteBuf payload) throws FrameException {
        int length = HeaderBlock.length(payload);
        if (length > maxHeaderBytes) {
            throw new FrameException("headers exceed " + maxHeaderBytes + " bytes");
        }
        return block.read(payload, length);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (!retired) {
            retired = true;
            pool.lost(this);
        }
        if (keepAlive != null) {
            keepAlive.stop();
        }
        writer.release();
        reader.release();
        Map<Integer, MultiplexedCall> lost = new HashMap<>(calls); // who is told may cancel another
        calls.clear();
        lost.forEach((id, call) -> {
            if (writer.left().before(id)) {
                call.neverLeft(end);
            } else {
                call.failed(end);
            }
        });
        ctx.fireChannelInactive();
    }
}
