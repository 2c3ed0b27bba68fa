package dev.vertxmicro.bench.stream;

import dev.vertxmicro.bench.proto.HelloRequest;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Looks at what a server of ours puts on the wire for a message of a stream. */
final class Capture {
    private static final byte[] STATUS = "HTTP/1.1 ".getBytes(StandardCharsets.US_ASCII);

    private Capture() {}

    /** Gives all bytes of the first message. */
    static Buffer frame(String address) throws Exception {
        int colon = address.lastIndexOf(':');
        try (Socket socket = new Socket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)))) {
            byte[] request = HelloRequest.newBuilder().setName("1").build().toByteArray();
            OutputStream out = socket.getOutputStream();
            out.write(head(0));
            out.write(head(request.length));
            out.write(request);
            out.flush();
            return first(socket.getInputStream());
        }
    }

    private static byte[] head(int length) {
        return ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/protobuf\r\nMicro-Id: 1\r\n"
                        + "Micro-Stream: 1\r\nMicro-Service: " + OurStream.SERVICE + "\r\nMicro-Endpoint: "
                        + OurStream.GREETINGS.name() + "\r\nMicro-Method: " + OurStream.GREETINGS.name()
                        + "\r\nTimeout: 60000000000\r\nContent-Length: " + length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Reads until the second message begins. */
    private static Buffer first(InputStream in) throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            all.write(next);
            byte[] bytes = all.toByteArray();
            int start = bytes.length - STATUS.length;
            if (start > 0 && java.util.Arrays.equals(bytes, start, bytes.length, STATUS, 0, STATUS.length)) {
                return Buffer.buffer(java.util.Arrays.copyOf(bytes, start));
            }
        }
        throw new IllegalStateException("ended after " + all);
    }
}
