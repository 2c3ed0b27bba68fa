package dev.vertxmicro.registry.nats;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Something on the way to a server of 127.0.0.1 that brings all that is sent later, in either direction. */
final class SlowNatsRelay implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;

    private final int port;
    private final Duration delay;
    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<ScheduledExecutorService> writers = new CopyOnWriteArrayList<>();

    SlowNatsRelay(int port, Duration delay) {
        this.port = port;
        this.delay = delay;
        try {
            server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "slow relay");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket from = server.accept();
                Socket to = new Socket(InetAddress.getLoopbackAddress(), port);
                sockets.addAll(List.of(from, to));
                start(() -> relay(from, to));
                start(() -> relay(to, from));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void relay(Socket from, Socket to) {
        ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
        writers.add(writer);
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                byte[] bytes = Arrays.copyOf(buffer, read);
                Future<Boolean> unused = writer.schedule(
                        () -> {
                            out.write(bytes);
                            return true;
                        },
                        delay.toMillis(),
                        TimeUnit.MILLISECONDS);
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        writers.forEach(ScheduledExecutorService::shutdownNow);
    }
}
