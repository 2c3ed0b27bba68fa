package dev.vertxmicro.testkit.lab;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** A socket on which a test writes the bytes that it wants and reads responses as they come. */
public final class RawConnection implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    /**
     * Connects.
     *
     * @param address {@code host:port}
     * @throws IOException if nobody listens there
     */
    public RawConnection(String address) throws IOException {
        int colon = address.lastIndexOf(':');
        socket = new Socket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
        socket.setSoTimeout(10_000);
        in = socket.getInputStream();
    }

    /**
     * One response.
     *
     * @param statusLine its first line
     * @param headers    by name, in any case
     * @param bytes      its body
     */
    public record Response(String statusLine, Map<String, String> headers, Buffer bytes) {
        /**
         * Reads the body as UTF-8.
         *
         * @return the text
         */
        public String body() {
            return bytes.toString();
        }

        /**
         * Reads a header.
         *
         * @param name its name, in any case
         * @return its value, empty where it is not there
         */
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /**
     * Sends a text as UTF-8.
     *
     * @param text the text
     * @return this
     * @throws IOException if the other side has closed
     */
    public RawConnection send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sends bytes.
     *
     * @param bytes the bytes
     * @return this
     * @throws IOException if the other side has closed
     */
    public RawConnection send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /**
     * Sends as much as the other side takes: until all is sent, it closes, or nothing has moved for a second.
     *
     * @param bytes the bytes
     * @return this
     * @throws IOException if the thread is interrupted
     */
    public RawConnection offer(byte[] bytes) throws IOException {
        Thread writer = new Thread(() -> {
            try {
                send(bytes);
            } catch (IOException refused) {
                // what it does not take, it does not take
            }
        });
        writer.setDaemon(true);
        writer.start();
        try {
            writer.join(1000);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return this;
    }

    /**
     * Reads a response of HTTP/1.1 with a length.
     *
     * @return the response
     * @throws IOException if the other side closes before its end, or says nothing for 10 s
     */
    public Response read() throws IOException {
        String status = line();
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
        return new Response(status, headers, Buffer.buffer(in.readNBytes(length)));
    }

    /**
     * Reads what is no response.
     *
     * @param length how many bytes
     * @return the bytes, fewer if the other side closes
     * @throws IOException if the other side says nothing for 10 s
     */
    public byte[] bytes(int length) throws IOException {
        return in.readNBytes(length);
    }

    /**
     * Reads a line.
     *
     * @return the line without its end
     * @throws IOException if the other side closes before its end, or says nothing for 10 s
     */
    public String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("closed after: " + line.toString(StandardCharsets.UTF_8));
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }

    /**
     * Waits for the other side to close.
     *
     * @return true if it has, false if it sent something
     * @throws IOException if it does neither for 10 s
     */
    public boolean closed() throws IOException {
        return in.read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
