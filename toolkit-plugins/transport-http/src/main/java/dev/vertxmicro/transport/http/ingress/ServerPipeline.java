package dev.vertxmicro.transport.http.ingress;

import dev.vertxmicro.engine.NettyPipeline;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.http.HttpConnection;
import java.util.Optional;

/** Knows how Vert.x builds the pipeline of a server connection of HTTP/1.1, and what of ours stands in it. */
public final class ServerPipeline {
    /** Vert.x's decoder of requests. */
    static final String DECODER = "httpDecoder";
    /** Vert.x's encoder of responses. */
    public static final String ENCODER = "httpEncoder";
    /** Our handler that takes the connection over for streams. */
    public static final String STREAMS = "microStreams";

    private ServerPipeline() {}

    /**
     * Finds the place of Vert.x in the pipeline of a connection of HTTP/1.1.
     *
     * @param connection the connection
     * @return its place; empty if the connection speaks something else
     */
    public static Optional<ChannelHandlerContext> ofHttp1(HttpConnection connection) {
        return NettyPipeline.of(connection)
                .filter(own ->
                        own.pipeline().get(DECODER) != null && own.pipeline().get(ENCODER) != null);
    }

    /** Takes out what knows requests, where a connection carries something else from now on. */
    public static void forgetRequests(ChannelPipeline pipeline) {
        if (pipeline.get(ReadDeadline.NAME) != null) {
            pipeline.remove(ReadDeadline.NAME);
        }
    }

    /** Takes out the decoder, which hands over what it has read beyond the last request, and whoever made bytes wait for it. */
    public static void handOver(ChannelPipeline pipeline) {
        pipeline.remove(DECODER);
        ReadTurns.leave(pipeline);
    }
}
