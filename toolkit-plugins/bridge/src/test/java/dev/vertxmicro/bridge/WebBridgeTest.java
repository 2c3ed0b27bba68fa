package dev.vertxmicro.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebBridgeTest extends BridgeFixture {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @BeforeEach
    void deployBridge() throws Exception {
        deploy(config().put(
                        "web",
                        new JsonObject()
                                .put("address", "127.0.0.1:" + webPort)
                                .put("origins", new JsonArray().add("http://localhost:8000"))));
    }

    private WebSocketConnectOptions to(String path) {
        return new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(webPort)
                .setURI(path)
                .setAllowOriginHeader(false);
    }

    private WebSocket connect(WebSocketConnectOptions options) throws Exception {
        return await(webSockets.connect(options).map(socket -> {
            socket.textMessageHandler(heard::add);
            return socket;
        }));
    }

    private JsonObject heard() throws Exception {
        return new JsonObject(next(heard));
    }

    @Test
    void speaksPlainFramesOverAWebSocket() throws Exception {
        WebSocket socket = connect(to("/eventbus/websocket"));
        socket.writeTextMessage("{\"type\":\"send\",\"address\":\"echo\",\"replyAddress\":\"r\",\"body\":{\"a\":1}}");
        JsonObject reply = heard();
        assertThat(reply.getString("type")).isEqualTo("rec");
        assertThat(reply.getString("address")).isEqualTo("r");
        assertThat(reply.getJsonObject("body")).isEqualTo(new JsonObject().put("a", 1));
        socket.writeTextMessage("{\"type\":\"send\",\"address\":\"secret\"}");
        assertThat(heard()).isEqualTo(FrameClient.json("{'type': 'err', 'body': 'access_denied'}"));
        socket.writeTextMessage(
                "{\"type\":\"register\",\"address\":\"micro.handler/clock/Clock.Now\",\"replyAddress\":\"s\"}");
        assertThat(heard().getJsonObject("body").getString("registered")).isEqualTo("micro.handler/clock/Clock.Now");
        Future<Message<Object>> call = vertx.eventBus().request("micro.handler/clock/Clock.Now", new JsonObject());
        String reply2 = heard().getString("replyAddress");
        socket.writeTextMessage(new JsonObject()
                .put("type", "send")
                .put("address", reply2)
                .put("body", "noon")
                .encode());
        assertThat(await(call).body()).isEqualTo("noon");
        await(socket.close());
    }

    @Test
    void speaksSockJs() throws Exception {
        JsonObject info = await(vertx.createHttpClient()
                        .request(HttpMethod.GET, webPort, "127.0.0.1", "/eventbus/info")
                        .compose(request -> request.send())
                        .compose(response -> response.body()))
                .toJsonObject();
        assertThat(info.getBoolean("websocket")).isTrue();
        WebSocket socket = connect(to("/eventbus/123/abcdefgh/websocket"));
        assertThat(next(heard)).isEqualTo("o");
        String send = "{\"type\":\"send\",\"address\":\"echo\",\"replyAddress\":\"r\",\"body\":\"é\"}";
        socket.writeTextMessage(new JsonArray().add(send).encode());
        JsonArray reply = new JsonArray(next(heard).substring(1));
        assertThat(new JsonObject(reply.getString(0)).getString("body")).isEqualTo("é");
        await(socket.close());
    }

    @Test
    void letsInPagesThatAreNamedAndProgramsThatAreNone() throws Exception {
        connect(to("/eventbus/websocket").setAllowOriginHeader(true).addHeader("Origin", "http://localhost:8000"));
        for (String origin :
                new String[] {"http://evil.example", "http://127.0.0.1:" + webPort, "null", "http://localhost"}) {
            assertThatThrownBy(() -> connect(
                            to("/eventbus/websocket").setAllowOriginHeader(true).addHeader("Origin", origin)))
                    .as(origin)
                    .isInstanceOfSatisfying(UpgradeRejectedException.class, refused -> assertThat(refused.getStatus())
                            .isEqualTo(403));
        }
    }

    @Test
    void servesNothingElse() throws Exception {
        for (String path :
                new String[] {"/", "/eventbus/1/2/xhr", "/eventbus/1/2/eventsource", "/eventbus/1/2/jsonp?c=x"}) {
            int status = await(vertx.createHttpClient()
                    .request(HttpMethod.GET, webPort, "127.0.0.1", path)
                    .compose(request -> request.send())
                    .map(response -> response.statusCode()));
            assertThat(status).as(path).isEqualTo(404);
        }
    }
}
