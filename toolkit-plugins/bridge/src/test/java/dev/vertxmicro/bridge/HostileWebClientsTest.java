package dev.vertxmicro.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.testkit.recording.RecordedLogs;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients may try by WebSockets, each with one line in the log at most. */
class HostileWebClientsTest extends BridgeFixture {
    private static final String RAW = "/eventbus/websocket";
    private static final String SOCKJS = "/eventbus/123/abcdefgh/websocket";

    private final RecordedLogs logs = RecordedLogs.ofAll();

    @AfterEach
    void wereLoggedOnce() {
        logs.close();
        assertThat(logs.all().stream()
                        .filter(line -> !line.contains("Listening on") && !line.startsWith("Discarding message")))
                .hasSizeLessThanOrEqualTo(1);
    }

    private void deployWith(String limits) throws Exception {
        deploy(config().put("limits", FrameClient.json(limits))
                .put("web", new JsonObject().put("address", "127.0.0.1:" + webPort)));
    }

    private WebSocket connect(String path) throws Exception {
        WebSocketConnectOptions to = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(webPort)
                .setURI(path)
                .setAllowOriginHeader(false);
        return await(webSockets.connect(to));
    }

    private static String framed(String path, String text) {
        return path.equals(RAW) ? text : new JsonArray().add(text).encode();
    }

    private void assertServes() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        WebSocket socket = connect(RAW);
        socket.textMessageHandler(heard::add);
        socket.writeTextMessage("{\"type\":\"send\",\"address\":\"echo\",\"replyAddress\":\"r\",\"body\":\"on\"}");
        assertThat(next(heard)).contains("\"on\"");
        await(socket.close());
    }

    /** A connection that was given up may take a moment to be counted out. */
    private void assertServesSoon() throws Exception {
        for (int attempt = 0; attempt < 100; attempt++) {
            try {
                assertServes();
                return;
            } catch (WebSocketHandshakeException full) {
                Thread.onSpinWait();
            }
        }
        assertServes();
    }

    private static void awaitEnd(WebSocket socket) throws Exception {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        socket.closeHandler(closed::complete);
        socket.exceptionHandler(broken -> {});
        if (!socket.isClosed()) {
            closed.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void askAgainAndAgainAndNeverComeIn() throws Exception {
        deployWith("{'idleTimeout': '300ms'}");
        try (FrameClient client = new FrameClient(webPort)) {
            byte[] again = "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            client.raw(again);
            assertThatThrownBy(() -> {
                        while (client.socket.getInputStream().read() >= 0) {
                            client.raw(again);
                        }
                        throw new IOException("closed");
                    })
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {RAW, SOCKJS})
    void sendMoreThanIsAllowed(String path) throws Exception {
        deployWith("{'maxMessageBytes': 1000}");
        WebSocket little = connect(path);
        little.writeTextMessage(framed(path, "{\"type\":\"ping\",\"x\":\"" + "x".repeat(1000) + "\"}"));
        awaitEnd(little);
        WebSocket much = connect(path);
        much.writeTextMessage(framed(path, "x".repeat(1_000_000)));
        awaitEnd(much);
        assertServes();
    }

    @ParameterizedTest
    @ValueSource(strings = {RAW, SOCKJS})
    void sendNoise(String path) throws Exception {
        deployWith("{}");
        Random random = new Random(7);
        for (int round = 0; round < 50; round++) {
            StringBuilder noise = new StringBuilder();
            for (int i = 0; i < random.nextInt(100); i++) {
                noise.append((char) random.nextInt(32, 300));
            }
            WebSocket socket = connect(path);
            socket.writeTextMessage(noise.toString());
            socket.writeTextMessage(framed(path, noise.toString()));
            socket.writeTextMessage(framed(path, "{\"type\":\"send\",\"address\":7,\"headers\":7}"));
            socket.close();
        }
        assertServes();
    }

    @Test
    void sendNoiseInsteadOfHttp() throws Exception {
        deployWith("{'maxConnectionsPerHost': 1000, 'idleTimeout': '500ms'}");
        Random random = new Random(7);
        for (int round = 0; round < 50; round++) {
            byte[] noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            try (FrameClient client = new FrameClient(webPort)) {
                client.raw(noise);
            } catch (IOException closed) {
                // as it may
            }
        }
        try (FrameClient half = new FrameClient(webPort)) {
            half.raw("GET /eventbus/websocket HTTP/1.1\r\nHost: x\r\n".getBytes(StandardCharsets.US_ASCII));
            half.awaitEnd();
        }
        assertServes();
    }

    @ParameterizedTest
    @ValueSource(strings = {RAW, SOCKJS})
    void neverRead(String path) throws Exception {
        deployWith("{'maxPendingBytes': 100000, 'maxConnections': 2}");
        WebSocket deaf = connect(path);
        deaf.pause();
        deaf.writeTextMessage(framed(path, "{\"type\":\"register\",\"address\":\"out.x\"}"));
        JsonObject large = new JsonObject().put("text", "x".repeat(50_000));
        ReplyFailure failure = ReplyFailure.NO_HANDLERS;
        while (failure == ReplyFailure.NO_HANDLERS) {
            failure = failureAt("out.x"); // until it listens
        }
        for (int i = 0; i < 1000; i++) {
            vertx.eventBus().publish("out.x", large);
        }
        while (failure != ReplyFailure.NO_HANDLERS) {
            failure = failureAt("out.x"); // until it is given up
        }
        assertServesSoon();
    }

    private ReplyFailure failureAt(String address) throws Exception {
        try {
            await(vertx.eventBus().request(address, "there?", new DeliveryOptions().setSendTimeout(100)));
            throw new AssertionError("answered (expected: a failure)");
        } catch (ReplyException failure) {
            return failure.failureType();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {RAW, SOCKJS})
    void sayNothing(String path) throws Exception {
        deployWith("{'idleTimeout': '300ms'}");
        awaitEnd(connect(path));
        assertServes();
    }

    @Test
    void comeInGreatNumber() throws Exception {
        deployWith("{'maxConnections': 200, 'maxConnectionsPerHost': 200}");
        List<WebSocket> sockets = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            sockets.add(connect(RAW));
        }
        try (FrameClient more = new FrameClient(webPort)) {
            more.awaitEnd();
        }
        for (WebSocket socket : sockets) {
            await(socket.close());
        }
        assertServesSoon();
    }
}
