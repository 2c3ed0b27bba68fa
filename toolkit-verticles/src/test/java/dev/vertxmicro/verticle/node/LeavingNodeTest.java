package dev.vertxmicro.verticle.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.verticle.Cluster;
import dev.vertxmicro.verticle.ClusterMember;
import dev.vertxmicro.verticle.DescribedClient;
import dev.vertxmicro.verticle.ServerVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two members of a cluster, one with a ServerVerticle, one with its handler; either goes. */
class LeavingNodeTest {
    private static final String HANDLER = "micro.handler/clock/Clock.Now";
    private static final Endpoint<JsonObject, JsonObject> NOW =
            Endpoint.unary("Clock.Now", JsonObject.class, JsonObject.class);
    private static final JsonObject MEMORY = new JsonObject().put("type", "memory");
    private static final JsonObject ANSWER = new JsonObject().put("done", true);

    private final List<Integer> ports = Cluster.freePorts(3);
    private final Recording<Message<Object>> called = new Recording<>();
    private final String address = "127.0.0.1:" + ports.get(2);
    private Vertx server;
    private Vertx handlers;
    private DescribedClient client;

    @BeforeEach
    void join() throws Exception {
        handlers = Cluster.join(ports.get(0), ports).await(30, TimeUnit.SECONDS);
        server = Cluster.join(ports.get(1), ports).await(30, TimeUnit.SECONDS);
        Await.result(ClusterMember.join(handlers));
        Await.result(handlers.eventBus().consumer(HANDLER, called).completion());
        JsonObject descriptor = new JsonObject()
                .put("service", new JsonObject().put("name", "clock"))
                .put("registry", MEMORY)
                .put(
                        "server",
                        new JsonObject().put("address", address).put("endpoints", new JsonArray().add(NOW.name())));
        Await.result(
                server.deployVerticle(ServerVerticle.class.getName(), new DeploymentOptions().setConfig(descriptor)));
        client = DescribedClient.create(handlers, new JsonObject().put("registry", MEMORY));
        Await.result(known());
    }

    @AfterEach
    void leave() {
        Await.result(client.close());
        Await.result(server.close());
        Await.result(handlers.close());
    }

    /** Completes when the server knows where the handler is. */
    private Future<Void> known() {
        Promise<Void> known = Promise.promise();
        MemberDirectory directory = NodeAgent.of(server).directory();
        directory.add((action, handler, node) -> known.tryComplete());
        if (!directory.offering(HANDLER).isEmpty()) {
            known.tryComplete();
        }
        return known.future();
    }

    private Future<JsonObject> call() {
        return client.call(Request.of("clock", NOW, new JsonObject())
                .withOptions(CallOptions.DEFAULTS
                        .withAddresses(List.of(address))
                        .withContentType(Optional.of("application/json"))
                        .withRequestTimeout(Optional.of(Duration.ofSeconds(30)))));
    }

    @Test
    void aServerThatGoesHasTheAnswersOfWhatRuns() {
        Future<JsonObject> running = call();
        Message<Object> arrived = called.next();
        Future<Void> closed = server.close();
        Await.result(NodeAgent.of(server).leave());
        assertThat(closed.isComplete()).isFalse();
        arrived.reply(ANSWER);
        assertThat(Await.result(running)).isEqualTo(ANSWER);
        Await.result(closed);
    }

    @Test
    void anAgentThatHasGoneTellsThatItHasNoHandlerAnyMore() {
        Future<JsonObject> running = call();
        called.next().reply(ANSWER);
        Await.result(running);
        String agent =
                NodeAgent.of(server).directory().offering(HANDLER).iterator().next().address;
        Await.result(NodeAgent.of(handlers).leave());
        NodeExchange.Answer answer = Await.result(NodeAgent.of(server)
                .exchange()
                .ask(
                        agent,
                        "late",
                        null,
                        BusMessages.versioned()
                                .addHeader(BusProtocol.ACTION, NodeAgent.FORWARD)
                                .addHeader(BusProtocol.HANDLER, HANDLER)));
        assertThat(answer.headers().contains(Forwarding.ABSENT)).isTrue();
        assertThat(called.isEmpty()).isTrue();
    }

    /** It need not guess how long they take to hear of it. */
    @Test
    void anAgentGoesAsSoonAsThoseWhoSendKnowIt() {
        Future<JsonObject> running = call();
        called.next().reply(ANSWER);
        Await.result(running);
        Future<Void> left = NodeAgent.of(handlers).leave();
        Await.result(left);
        assertThat(NodeAgent.of(server).directory().offering(HANDLER)).isEmpty();
    }
}
