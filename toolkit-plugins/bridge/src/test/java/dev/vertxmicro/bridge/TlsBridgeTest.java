package dev.vertxmicro.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.testkit.recording.RecordedLogs;
import dev.vertxmicro.testkit.server.TestCertificate;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsBridgeTest extends BridgeFixture {
    private static final String ASK = "{\"type\":\"send\",\"address\":\"echo\",\"replyAddress\":\"r\",\"body\":\"on\"}";

    @TempDir
    private Path folder;

    private PemTrustOptions trust = new PemTrustOptions();

    @BeforeEach
    void deployBridge() throws Exception {
        TestCertificate own = TestCertificate.create(folder, "bridge", "dns:localhost,ip:127.0.0.1");
        trust = new PemTrustOptions().addCertPath(own.certificate().toString());
        JsonObject tls = new JsonObject()
                .put("certificate", own.certificate().toString())
                .put("key", own.key().toString());
        JsonObject config = config();
        config.getJsonObject("tcp").put("tls", tls);
        deploy(config.put(
                "web", new JsonObject().put("address", "127.0.0.1:" + webPort).put("tls", tls)));
    }

    @Test
    void speaksTlsByTcp() throws Exception {
        NetClient client = vertx.createNetClient(
                new NetClientOptions().setSsl(true).setTrustOptions(trust).setHostnameVerificationAlgorithm("HTTPS"));
        NetSocket socket = await(client.connect(port, "127.0.0.1"));
        BlockingQueue<Buffer> heard = new LinkedBlockingQueue<>();
        socket.handler(heard::add);
        await(socket.write(Buffer.buffer(FrameClient.framed(ASK))));
        assertThat(next(heard).toString()).contains("\"on\"");
        await(client.close());
    }

    @Test
    void speaksTlsByWebSockets() throws Exception {
        WebSocketClient client = vertx.createWebSocketClient(
                new WebSocketClientOptions().setSsl(true).setTrustOptions(trust));
        WebSocket socket = await(client.connect(new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(webPort)
                .setURI("/eventbus/websocket")
                .setAllowOriginHeader(false)));
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        socket.textMessageHandler(heard::add);
        socket.writeTextMessage(ASK);
        assertThat(next(heard)).contains("\"on\"");
        await(client.close());
    }

    @Test
    void refusesPlainConnectionsWithOneLine() throws Exception {
        try (RecordedLogs logs = RecordedLogs.ofAll()) {
            for (int each : new int[] {port, webPort, port}) {
                try (FrameClient plain = new FrameClient(each)) {
                    plain.raw(FrameClient.framed(ASK));
                    plain.awaitEnd();
                }
            }
            assertThat(logs.all())
                    .hasSizeLessThanOrEqualTo(1)
                    .allMatch(line -> line.contains("tls: what came is no TLS"));
        }
    }
}
