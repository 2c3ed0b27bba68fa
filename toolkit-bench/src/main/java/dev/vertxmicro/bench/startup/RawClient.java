package dev.vertxmicro.bench.startup;

import dev.vertxmicro.bench.proto.HelloRequest;
import dev.vertxmicro.bench.proto.HelloResponse;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Calls the greeter over one plain socket, and checks every answer. */
final class RawClient implements AutoCloseable {
    private final Socket socket;
    private final OutputStream out;
    private final DataInputStream in;

    RawClient(int port) throws IOException {
        socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(10_000);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10_000);
            out = socket.getOutputStream();
            in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Makes one call.
     *
     * @param endpoint go-micro's name of the endpoint
     * @param name     whom to greet
     * @throws IOException if the answer is not the greeting
     */
    void greet(String endpoint, String name) throws IOException {
        byte[] body = HelloRequest.newBuilder().setName(name).build().toByteArray();
        String head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/protobuf\r\nMicro-Id: 1\r\n"
                + "Micro-Service: greeter\r\nMicro-Method: " + endpoint + "\r\nMicro-Endpoint: " + endpoint
                + "\r\nTimeout: 5000000000\r\nContent-Length: " + body.length + "\r\n\r\n";
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(body);
        out.write(request.toByteArray());
        out.flush();
        String answer = HelloResponse.parseFrom(read()).getGreeting();
        if (!answer.equals("Hello " + name)) {
            throw new IOException("answer: \"" + answer + "\" (expected: \"Hello " + name + "\")");
        }
    }

    private byte[] read() throws IOException {
        String status = line();
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new IOException("status: " + status + " (expected: 200)");
        }
        int length = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("micro-error:")) {
                throw new IOException(header);
            }
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring(header.indexOf(':') + 1).strip());
            }
        }
        byte[] body = new byte[length];
        in.readFully(body);
        return body;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.readUnsignedByte(); b != '\n'; b = in.readUnsignedByte()) {
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
