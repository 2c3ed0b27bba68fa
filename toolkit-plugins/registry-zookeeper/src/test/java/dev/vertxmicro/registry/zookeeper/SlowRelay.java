package dev.vertxmicro.registry.zookeeper;

import java.io.IOException;
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

/** Something on the way to a server of 127.0.0.1 that holds back each answer for a while. */
final class SlowRelay implements AutoCloseable {
    private static final int BYTES = 64 * 1024;

    private final int port;
    private final Duration delay;
    private final ServerSocket listener;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService late = Executors.newSingleThreadScheduledExecutor();

    SlowRelay(int port, Duration delay) {
        this.port = port;
        this.delay = delay;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        begin(this::accept);
    }

    String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void begin(Step step) {
        Thread thread = new Thread(() -> {
            try {
                step.run();
            } catch (IOException closed) {
                // as the other side has it
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
            open.addAll(List.of(client, server));
            begin(() -> client.getInputStream().transferTo(server.getOutputStream()));
            begin(() -> answer(server, client));
        }
    }

    private void answer(Socket server, Socket client) throws IOException {
        byte[] bytes = new byte[BYTES];
        for (int read = server.getInputStream().read(bytes);
                read >= 0;
                read = server.getInputStream().read(bytes)) {
            byte[] part = Arrays.copyOf(bytes, read);
            Future<Integer> unused = late.schedule(
                    () -> {
                        client.getOutputStream().write(part);
                        return part.length;
                    },
                    delay.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        late.shutdownNow();
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
