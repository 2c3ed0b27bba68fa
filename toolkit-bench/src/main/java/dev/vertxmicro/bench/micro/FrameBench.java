package dev.vertxmicro.bench.micro;

import dev.vertxmicro.engine.BufferContent;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.net.MemoryBudget;
import dev.vertxmicro.transport.http.frames.FrameReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to cut a stream's connection into messages, headers as {@link Metadata} and the body as a {@link Buffer} of its own: by
 * our reader and by Netty's decoder and aggregator, both behind a channel: {@code bin/bench micro FrameBench -prof gc}. Half of the messages
 * come in two pieces.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class FrameBench {
    private static final int MESSAGES = 64;
    private static final int HEAD_BYTES = 64 * 1024;
    private static final int MESSAGE_BYTES = 4 << 20;

    /** Length of a body. */
    @Param({"100", "4096"})
    private int size;

    /** True if each message has another id among its headers, so that no head is like the one before. */
    @Param({"false", "true"})
    private boolean varied;

    private final byte[][] pieces = new byte[3 * MESSAGES / 2][];
    private EmbeddedChannel ours = new EmbeddedChannel();
    private EmbeddedChannel nettys = new EmbeddedChannel();
    private long messages;
    private long bytes;

    @Setup
    public void make() {
        int piece = 0;
        for (int i = 0; i < MESSAGES; i++) {
            byte[] message = message(i);
            if (i % 2 == 0) {
                pieces[piece++] = message;
            } else {
                int half = message.length / 2;
                pieces[piece++] = java.util.Arrays.copyOfRange(message, 0, half);
                pieces[piece++] = java.util.Arrays.copyOfRange(message, half, message.length);
            }
        }
        FrameReader reader = new FrameReader(
                HEAD_BYTES,
                MESSAGE_BYTES,
                MemoryBudget.alone(1 << 30).share(),
                (head, body) -> count(head.headers(), body));
        ours = new EmbeddedChannel(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object read) throws Exception {
                ByteBuf content = (ByteBuf) read;
                reader.feed(BufferContent.wrap(content));
                content.release();
            }
        });
        HttpDecoderConfig limits = new HttpDecoderConfig().setMaxHeaderSize(HEAD_BYTES);
        nettys = new EmbeddedChannel(
                new HttpRequestDecoder(limits),
                new HttpObjectAggregator(MESSAGE_BYTES),
                new SimpleChannelInboundHandler<FullHttpRequest>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
                        Metadata.Builder headers = Metadata.builder(12);
                        for (Map.Entry<String, String> header : request.headers()) {
                            headers.add(header.getKey(), header.getValue());
                        }
                        count(headers.build(), Buffer.buffer(ByteBufUtil.getBytes(request.content())));
                    }
                });
        check(ours, "ours");
        check(nettys, "Netty's");
    }

    private void check(EmbeddedChannel channel, String whose) {
        messages = 0;
        bytes = 0;
        read(channel);
        if (messages != MESSAGES || bytes != (long) MESSAGES * size) {
            throw new IllegalStateException(whose + ": " + messages + " messages, " + bytes + " bytes");
        }
    }

    private byte[] message(int number) {
        String id = varied ? String.format("%012d", number) : "000000000001";
        String head =
                "POST / HTTP/1.1\r\nHost: 10.0.0.1:9090\r\nUser-Agent: Go-http-client/1.1\r\nContent-Length: " + size
                        + "\r\nContent-Type: application/protobuf\r\nMicro-Endpoint: Streamer.Stream\r\nMicro-Id: " + id
                        + "\r\nMicro-Method: Streamer.Stream\r\nMicro-Service: go.micro.srv.streamer\r\nMicro-Stream: true\r\n"
                        + "Accept-Encoding: gzip\r\n\r\n";
        return (head + "x".repeat(size)).getBytes(StandardCharsets.US_ASCII);
    }

    private void count(Metadata headers, Buffer body) {
        if (!headers.value("Micro-Service", "").isEmpty()) {
            messages++;
            bytes += body.length();
        }
    }

    private long read(EmbeddedChannel channel) {
        for (byte[] piece : pieces) {
            channel.writeInbound(Unpooled.wrappedBuffer(piece));
        }
        return messages;
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public long ours() {
        return read(ours);
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public long nettys() {
        return read(nettys);
    }
}
