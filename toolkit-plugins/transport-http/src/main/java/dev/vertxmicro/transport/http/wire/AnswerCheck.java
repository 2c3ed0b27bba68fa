package dev.vertxmicro.transport.http.wire;

import dev.vertxmicro.engine.NettyPipeline;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;

/**
 * Looks at the first byte that a server sends on a connection of HTTP/1.1. What is no answer, such as the frames of a gRPC
 * server, is found out before a decoder puzzles over it, or waits for more.
 */
public final class AnswerCheck extends ChannelInboundHandlerAdapter {
    /** Set on a channel by which something came. */
    private static final AttributeKey<Boolean> HEARD = AttributeKey.valueOf("dev.vertxmicro.heard");

    private AnswerCheck() {}

    /** Watches a connection of a client; one of HTTP/2 is left alone. */
    public static void watch(HttpConnection connection) {
        NettyPipeline.of(connection).map(ChannelHandlerContext::pipeline).ifPresent(pipeline -> {
            ChannelHandlerContext codec = pipeline.context(HttpClientCodec.class);
            if (codec != null) {
                pipeline.addBefore(codec.name(), "microAnswers", new AnswerCheck());
            }
        });
    }

    /**
     * Tells whether a call failed because its answer was none of HTTP.
     *
     * @param failure of the call
     * @return true if what came could not be decoded
     */
    public static boolean foundNoHttp(Throwable failure) {
        return failure instanceof DecoderException || failure instanceof IllegalArgumentException;
    }

    /**
     * Words why a connection ended. Where it is the first one and plain and nothing came, as from a server that speaks TLS, it says so:
     * Go's {@code EOF} alone would leave everybody guessing.
     *
     * @param connection that ended
     * @param address    of the server
     * @return the text
     */
    public static String ended(HttpConnection connection, String address) {
        boolean silent = !connection.isSsl()
                && NettyPipeline.of(connection)
                        .filter(own ->
                                !Boolean.TRUE.equals(own.channel().attr(HEARD).get()))
                        .isPresent();
        return silent ? unanswered(address) : ended(address);
    }

    /**
     * Words that a server that speaks HTTP ended a connection: it died, or ran out of its time to drain.
     *
     * @param address of the server
     * @return the text
     */
    public static String ended(String address) {
        return "EOF: " + address + " closed the connection before it answered";
    }

    /**
     * Words that a server ended a plain connection at which it had said nothing.
     *
     * @param address of the server
     * @return the text
     */
    public static String unanswered(String address) {
        return "EOF: " + address + " closed the connection without a word, as a node that speaks TLS does"
                + " (expected: transport.http.tls where the node has it)";
    }

    /**
     * Words that what came is no answer.
     *
     * @param address of the server
     * @return the text
     */
    public static String noHttp(String address) {
        return "no answer of HTTP/1.1 from " + address + " (expected: a node of protocol mucp over transport http)";
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes && bytes.isReadable()) {
            if (bytes.getByte(bytes.readerIndex()) != 'H') {
                ReferenceCountUtil.release(message);
                ctx.fireExceptionCaught(new DecoderException("not an HTTP/1.1 message"));
                var unused = ctx.close();
                return;
            }
            ctx.channel().attr(HEARD).set(true);
            ctx.pipeline().remove(this);
        }
        ctx.fireChannelRead(message);
    }
}
