package dev.vertxmicro.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokenBridgeTest extends BridgeFixture {
    private static final String SECRET = "a secret that both sides of it know";

    @BeforeEach
    void deployBridge() throws Exception {
        deployBridge("60s");
    }

    private void deployBridge(String idle) throws Exception {
        JsonArray allow = new JsonArray()
                .add(FrameClient.json("{'send': ['echo'], 'receive': ['out.*']}"))
                .add(FrameClient.json("{'authority': 'operator', 'send': ['in.*']}"));
        deploy(config().put("allow", allow)
                .put("web", new JsonObject().put("address", "127.0.0.1:" + webPort))
                .put("limits", new JsonObject().put("idleTimeout", idle))
                .put("jwt", new JsonObject().put("secret", SECRET)));
        vertx.eventBus().consumer("in.x", message -> message.reply("done"));
    }

    private String token(String secret, long seconds, String... permissions) {
        JsonArray names = new JsonArray();
        for (String permission : permissions) {
            names.add(permission);
        }
        JsonObject claims = new JsonObject()
                .put("sub", "davie")
                .put("exp", System.currentTimeMillis() / 1000 + seconds)
                .put("permissions", names);
        return JWTAuth.create(
                        vertx,
                        new JWTAuthOptions()
                                .addPubSecKey(new PubSecKeyOptions()
                                        .setAlgorithm("HS256")
                                        .setBuffer(secret)))
                .generateToken(claims);
    }

    private static String send(String address, String token) {
        return "{'type': 'send', 'address': '" + address + "', 'replyAddress': 'r', 'body': 1"
                + (token.isEmpty() ? "" : ", 'headers': {'Authorization': 'Bearer " + token + "'}") + "}";
    }

    @Test
    void asksForATokenOnceForEachConnection() throws Exception {
        try (FrameClient client = new FrameClient(port)) {
            JsonObject refused = client.ask(send("echo", ""));
            assertThat(refused.getInteger("failureCode")).isEqualTo(401);
            assertThat(refused.getString("message")).contains("not_logged_in");
            assertThat(client.ask("{'type': 'register', 'address': 'out.x'}").getString("message"))
                    .isEqualTo("not_logged_in");
            assertThat(client.ask(send("echo", token(SECRET, 60))).getInteger("body"))
                    .isEqualTo(1);
            assertThat(client.ask(send("echo", "")).getInteger("body")).isEqualTo(1);
        }
    }

    @Test
    void keepsTheTokenToItself() throws Exception {
        BlockingQueue<io.vertx.core.eventbus.Message<Object>> taken = taken("in.y");
        try (FrameClient client = new FrameClient(port)) {
            client.send(send("in.y", token(SECRET, 60, "operator")));
            assertThat(next(taken).headers().isEmpty()).isTrue();
        }
    }

    @Test
    void closesWhoShowsATokenThatIsNotBelieved() throws Exception {
        for (String token :
                new String[] {token(SECRET.toUpperCase(java.util.Locale.ROOT), 60), token(SECRET, -1), "x"}) {
            try (FrameClient client = new FrameClient(port)) {
                assertThat(client.ask(send("echo", token)).getString("message")).isEqualTo("not_logged_in");
                client.awaitEnd();
            }
        }
    }

    @Test
    void closesWhoNeverShowsOneHoweverMuchItSays() throws Exception {
        await(vertx.undeploy(vertx.deploymentIDs().iterator().next()));
        deployBridge("300ms");
        try (FrameClient client = new FrameClient(port)) {
            assertThatThrownBy(() -> {
                        while (true) {
                            client.ask("{'type': 'ping'}");
                        }
                    })
                    .isInstanceOf(java.io.IOException.class);
        }
    }

    @Test
    void grantsWhatNeedsAnAuthorityToThoseWhoHaveIt() throws Exception {
        try (FrameClient plain = new FrameClient(port);
                FrameClient operator = new FrameClient(port)) {
            assertThat(plain.ask(send("in.x", token(SECRET, 60, "other"))).getInteger("failureCode"))
                    .isEqualTo(403);
            assertThat(operator.ask(send("in.x", token(SECRET, 60, "operator"))).getString("body"))
                    .isEqualTo("done");
        }
    }

    @Test
    void endsRegistrationsThatANewTokenDoesNotAllow() throws Exception {
        await(vertx.undeploy(vertx.deploymentIDs().iterator().next()));
        JsonArray allow = new JsonArray()
                .add(FrameClient.json("{'send': ['echo'], 'receive': ['out.*']}"))
                .add(FrameClient.json("{'authority': 'operator', 'receive': ['secret'], 'subscribe': ['news']}"))
                .add(FrameClient.json("{'subscribe': ['weather']}"));
        deploy(config().put("allow", allow).put("jwt", new JsonObject().put("secret", SECRET)));
        try (FrameClient client = new FrameClient(port)) {
            client.ask(send("echo", token(SECRET, 60, "operator")));
            client.register("secret");
            client.register("out.x");
            client.register("micro.owner/1");
            client.send(send("echo", token(SECRET, 60, "other")));
            assertThat(client.read().getString("message")).isEqualTo("access_denied");
            assertThat(client.read().getString("message")).isEqualTo("access_denied");
            assertThat(client.read().getInteger("body")).isEqualTo(1);
            vertx.eventBus().publish("secret", "for operators");
            vertx.eventBus().publish("out.x", "for all");
            assertThat(client.read().getString("body")).isEqualTo("for all");
        }
    }

    @Test
    void tellsServicesWhoCalls() throws Exception {
        await(vertx.undeploy(vertx.deploymentIDs().iterator().next()));
        deploy(config().put("jwt", new JsonObject().put("secret", SECRET)));
        BlockingQueue<io.vertx.core.eventbus.Message<Object>> calls = taken("micro.client");
        try (FrameClient client = new FrameClient(port)) {
            client.send(new JsonObject()
                    .put("type", "send")
                    .put("address", "micro.client")
                    .put(
                            "headers",
                            new JsonObject()
                                    .put("Authorization", "bearer " + token(SECRET, 60))
                                    .put("service", "greeter")
                                    .put("endpoint", "Greeter.Hello")
                                    .put("md.Micro-User", "root")));
            assertThat(next(calls).headers().getAll("md.Micro-User")).containsExactly("davie");
        }
    }

    @Test
    void deliversNothingMoreOnceATokenHasExpired() throws Exception {
        try (FrameClient client = new FrameClient(port)) {
            assertThat(client.ask(send("echo", token(SECRET, 2))).getInteger("body"))
                    .isEqualTo(1);
            client.register("out.x");
            Thread publisher = new Thread(() -> {
                while (!Thread.currentThread().isInterrupted() && !client.socket.isClosed()) {
                    vertx.eventBus().publish("out.x", "news");
                    Thread.onSpinWait();
                }
            });
            publisher.setDaemon(true);
            publisher.start();
            try {
                JsonObject frame = client.read();
                while ("message".equals(frame.getString("type"))) {
                    frame = client.read();
                }
                assertThat(frame.getString("message")).isEqualTo("not_logged_in");
                client.awaitEnd();
            } finally {
                publisher.interrupt();
                publisher.join();
            }
        }
    }

    @Test
    void takesTheTokenOfTheUpgradeToo() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(webPort)
                .setURI("/eventbus/websocket")
                .setAllowOriginHeader(false)
                .addHeader("Authorization", "Bearer " + token(SECRET, 60));
        WebSocket socket = await(webSockets.connect(options));
        socket.textMessageHandler(heard::add);
        socket.writeTextMessage(FrameClient.json(send("echo", "")).encode());
        assertThat(new JsonObject(next(heard)).getInteger("body")).isEqualTo(1);
    }
}
