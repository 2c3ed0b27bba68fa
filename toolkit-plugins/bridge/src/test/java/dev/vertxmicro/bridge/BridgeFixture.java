package dev.vertxmicro.bridge;

import dev.vertxmicro.testkit.server.FreePorts;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** A bridge on ports of its own, and the bus behind it. */
@Timeout(60)
abstract class BridgeFixture {
    final Vertx vertx = Vertx.vertx();
    /** Kept here: one that nobody holds is collected, and its connections are closed. */
    final WebSocketClient webSockets = vertx.createWebSocketClient(new WebSocketClientOptions()
            .setMaxFrameSize(10_000_000)
            .setMaxMessageSize(10_000_000)
            .setMaxConnections(1000)
            .setClosingTimeout(1));

    final int port = FreePorts.next();
    final int webPort = FreePorts.next();

    @AfterEach
    void closeVertx() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    static <T> T await(Future<T> future) throws Exception {
        return future.await(20, TimeUnit.SECONDS);
    }

    /** What the clients of the tests may do. */
    static JsonObject grant() {
        return FrameClient.json("{'calls': ['greeter/Greeter.*'], 'publish': ['news'], 'subscribe': ['news'],"
                + " 'serve': ['clock/Clock.*'], 'send': ['echo', 'in.*'], 'receive': ['out.*']}");
    }

    JsonObject config() {
        return new JsonObject()
                .put("tcp", new JsonObject().put("address", "127.0.0.1:" + port))
                .put("allow", new JsonArray().add(grant()));
    }

    String deploy(JsonObject config) throws Exception {
        vertx.eventBus().consumer("echo", message -> message.reply(message.body()));
        return await(vertx.deployVerticle(BridgeVerticle.class.getName(), new DeploymentOptions().setConfig(config)));
    }

    /** Takes what is sent to an address, in order. */
    BlockingQueue<Message<Object>> taken(String address) throws Exception {
        BlockingQueue<Message<Object>> taken = new LinkedBlockingQueue<>();
        await(vertx.eventBus().consumer(address, taken::add).completion());
        return taken;
    }

    static <T> T next(BlockingQueue<T> queue) throws Exception {
        T next = queue.poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing came (expected: a message within 20 s)");
        }
        return next;
    }
}
