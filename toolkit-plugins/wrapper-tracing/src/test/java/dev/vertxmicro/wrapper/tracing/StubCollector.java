package dev.vertxmicro.wrapper.tracing;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Takes what an exporter sends, and answers when it is let go. */
final class StubCollector implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<Export> exports = new LinkedBlockingQueue<>();
    private final CountDownLatch answers;

    /** One request. */
    record Export(String path, String authorization, Buffer body) {}

    private StubCollector(CountDownLatch answers) {
        this.answers = answers;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = exchange.getRequestBody().readAllBytes();
            exports.add(new Export(exchange.getRequestURI().getPath(), authorization, Buffer.buffer(body)));
            try {
                answers.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    static StubCollector answering() {
        return new StubCollector(new CountDownLatch(0));
    }

    static StubCollector silent() {
        return new StubCollector(new CountDownLatch(1));
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    Export next() {
        try {
            Export export = exports.poll(20, TimeUnit.SECONDS);
            if (export == null) {
                throw new AssertionError("nothing was exported");
            }
            return export;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        answers.countDown();
        threads.shutdownNow();
        server.stop(0);
    }
}
