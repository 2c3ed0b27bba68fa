package dev.vertxmicro.transport.http.multiplex;

import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.transport.http.wire.FrameException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A multiplexed connection on which a test writes the bytes that it wants. */
public final class RawCalls implements AutoCloseable {
    /** Few, so that the kernel does not read for the test. */
    private static final int RECEIVE_BYTES = 64 * 1024;

    private final SocketChannel channel = SocketChannel.open();
    private final Socket socket = channel.socket();
    private final DataInputStream in;

    /** Asks for it, and gets it. */
    public RawCalls(String address) throws IOException {
        this(address, CallOpening.PROTOCOL, CallOpening.CONSENT);
    }

    /** The same, with pings. */
    static RawCalls withPings(String address) throws IOException {
        return new RawCalls(address, CallOpening.SECOND, CallOpening.CONSENT_TO_SECOND);
    }

    private RawCalls(String address, String protocol, byte[] consent) throws IOException {
        int colon = address.lastIndexOf(':');
        socket.setReceiveBufferSize(RECEIVE_BYTES);
        socket.connect(
                new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))));
        socket.setSoTimeout(10_000);
        in = new DataInputStream(socket.getInputStream());
        send(("POST / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: " + protocol
                        + "\r\nContent-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        byte[] answer = in.readNBytes(consent.length);
        if (!Arrays.equals(answer, consent)) {
            throw new IOException("refused: " + new String(answer, StandardCharsets.US_ASCII));
        }
    }

    /** One frame. */
    public record Frame(int kind, int id, ByteBuf payload) {
        Metadata headers() throws FrameException {
            return new HeaderBlock().read(payload, HeaderBlock.length(payload));
        }

        /** What follows the headers. */
        String body() throws FrameException {
            payload.skipBytes(HeaderBlock.length(payload));
            return text();
        }

        String text() {
            return payload.toString(StandardCharsets.UTF_8);
        }
    }

    /** The bytes of a frame. */
    public static byte[] frame(int kind, int id, byte[] payload) {
        ByteBuf frame = Unpooled.buffer();
        frame.writeInt(5 + payload.length).writeByte(kind).writeInt(id).writeBytes(payload);
        return ByteBufUtil.getBytes(frame);
    }

    /** Headers, their length first, and a body. */
    public static byte[] message(Metadata headers, Buffer body) {
        ByteBuf payload = Unpooled.buffer();
        HeaderBlock.write(headers, payload);
        return ByteBufUtil.getBytes(payload.writeBytes(body.getBytes()));
    }

    public static byte[] call(int id, String body) {
        return frame(CallFrameWriter.CALL, id, message(Metadata.of("Micro-Id", "" + id), Buffer.buffer(body)));
    }

    public RawCalls send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Calls without an end, numbered as they must be. */
    static final class Endless {
        private final String body;
        private int id;

        Endless(String body) {
            this.body = body;
        }

        ByteBuffer next() {
            Buffer calls = Buffer.buffer();
            for (int i = 0; i < 10_000; i++) {
                calls.appendBytes(call(++id, body));
            }
            return ByteBuffer.wrap(calls.getBytes());
        }
    }

    /** Writes calls until the other side has taken none of them for half a second; gives the bytes it took. */
    long offer(Endless calls, long limit) throws IOException {
        channel.configureBlocking(false);
        ByteBuffer bytes = calls.next();
        long taken = 0;
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_WRITE);
            while (taken < limit && selector.select(500) > 0) {
                selector.selectedKeys().clear();
                taken += channel.write(bytes);
                bytes = bytes.hasRemaining() ? bytes : calls.next();
            }
        }
        return taken;
    }

    public Frame read() throws IOException {
        byte[] rest = new byte[in.readInt()];
        in.readFully(rest);
        ByteBuf bytes = Unpooled.wrappedBuffer(rest);
        return new Frame(bytes.readByte(), bytes.readInt(), bytes);
    }

    /** Waits for the other side to close. */
    public boolean closed() throws IOException {
        return in.read() < 0;
    }

    /** Reads until the other side closes; gives the number of frames. */
    int untilClosed() throws IOException {
        for (int frames = 0; ; frames++) {
            try {
                read();
            } catch (EOFException closed) {
                return frames;
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
