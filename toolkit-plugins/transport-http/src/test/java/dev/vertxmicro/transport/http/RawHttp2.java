package dev.vertxmicro.transport.http;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A connection of HTTP/2 over TLS on which a test writes the frames that it wants. */
final class RawHttp2 implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int UNKNOWN = 0x42;

    static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int END_HEADERS = 4;

    /** {@code POST / https}, by the static table of HPACK, and an authority. */
    private static final byte[] REQUEST = {(byte) 0x83, (byte) 0x84, (byte) 0x87, 0x41, 1, 'x'};

    private final SSLSocket socket;
    private final OutputStream out;
    private final DataInputStream in;

    /** Shakes hands; the server's settings are not waited for. */
    RawHttp2(String address) throws IOException, GeneralSecurityException {
        int colon = address.lastIndexOf(':');
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Credulous()}, null);
        socket = (SSLSocket) context.getSocketFactory()
                .createSocket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(20_000);
        out = new BufferedOutputStream(socket.getOutputStream(), 16 * 1024);
        in = new DataInputStream(socket.getInputStream());
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        send(SETTINGS, 0, 0, new byte[0]).flush();
    }

    /** One frame. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Frame(int kind, int flags, int stream, byte[] payload) {
        /** Of a GOAWAY. */
        int errorCode() {
            return ByteBuffer.wrap(payload).getInt(4);
        }

        boolean ends() {
            return (kind == HEADERS || kind == DATA) && (flags & END_STREAM) != 0;
        }
    }

    RawHttp2 send(int kind, int flags, int stream, byte[] payload) throws IOException {
        int length = payload.length;
        out.write(new byte[] {(byte) (length >> 16), (byte) (length >> 8), (byte) length, (byte) kind, (byte) flags});
        out.write(ByteBuffer.allocate(4).putInt(stream).array());
        out.write(payload);
        return this;
    }

    /** A request without a body. */
    RawHttp2 request(int stream) throws IOException {
        return send(HEADERS, END_HEADERS | END_STREAM, stream, REQUEST);
    }

    /** The beginning of a request with a body. */
    RawHttp2 begin(int stream) throws IOException {
        return send(HEADERS, END_HEADERS, stream, REQUEST);
    }

    RawHttp2 reset(int stream) throws IOException {
        return send(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
    }

    void flush() throws IOException {
        out.flush();
    }

    Frame read() throws IOException {
        int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
        int kind = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        byte[] payload = new byte[length];
        in.readFully(payload);
        return new Frame(kind, flags, stream, payload);
    }

    /** Reads up to a frame of a stream that satisfies. */
    Frame read(int kind, int stream) throws IOException {
        Frame frame = read();
        while (frame.kind() != kind || frame.stream() != stream) {
            frame = read();
        }
        return frame;
    }

    /** Reads up to the end of an answer; false if there is none. */
    boolean readEnd(int stream) throws IOException {
        Frame frame = read();
        while (frame.stream() != stream || frame.kind() == WINDOW_UPDATE) {
            frame = read();
        }
        return frame.ends() || (frame.kind() == HEADERS && read(DATA, stream).ends());
    }

    /** Reads until the other side closes; gives the error code of its GOAWAY, or -1 without one. */
    int untilClosed() throws IOException {
        int error = -1;
        try {
            while (true) {
                Frame frame = read();
                error = frame.kind() == GOAWAY ? frame.errorCode() : error;
            }
        } catch (EOFException | SocketException | SSLException closed) {
            return error;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static final class Credulous implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String how) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String how) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
