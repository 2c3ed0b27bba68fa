package dev.vertxmicro.bridge;

import io.vertx.core.json.JsonObject;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A client of the bridge by TCP, such as anybody may write: it knows frames and nothing else. */
final class FrameClient implements AutoCloseable {
    private static final int PATIENCE = 20_000;

    final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    FrameClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
    }

    static JsonObject json(String json) {
        return new JsonObject(json.replace('\'', '"'));
    }

    /** Writes one frame, {@code '} for quotes. */
    void send(String json) throws IOException {
        send(json(json));
    }

    void send(JsonObject frame) throws IOException {
        raw(framed(frame.encode()));
    }

    static byte[] framed(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(4 + bytes.length)
                .putInt(bytes.length)
                .put(bytes)
                .array();
    }

    void raw(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    JsonObject read() throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new JsonObject(new String(bytes, StandardCharsets.UTF_8));
    }

    /** Sends a frame that has {@code "replyAddress": "r"}, and reads what comes. */
    JsonObject ask(String json) throws IOException {
        send(json);
        return read();
    }

    /** Listens, and waits until that is known. */
    void register(String address) throws IOException {
        JsonObject done = ask("{'type': 'register', 'address': '" + address + "', 'replyAddress': 'r'}");
        if (!done.getJsonObject("body", new JsonObject()).containsKey("registered")) {
            throw new IOException(done.encode());
        }
    }

    /** Reads until the other side has closed. */
    void awaitEnd() throws IOException {
        try {
            while (in.read() >= 0) {
                in.skipBytes(Integer.MAX_VALUE);
            }
        } catch (java.net.SocketException reset) {
            // ended too
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
