package dev.vertxmicro.verticle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.message.Headers;
import dev.vertxmicro.testkit.server.FreePorts;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is undeployed under load loses no call. */
class DrainTest {
    private static final int CALLS_A_SECOND = 500;

    private final Vertx vertx = Vertx.vertx();
    private final JsonObject registry = PrivateRegistry.section();

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(20, TimeUnit.SECONDS);
    }

    private DeploymentOptions options(String name, JsonObject server) {
        return new DeploymentOptions()
                .setConfig(new JsonObject()
                        .put("service", new JsonObject().put("name", name))
                        .put("server", server.put("address", "127.0.0.1:0"))
                        .put("registry", registry));
    }

    private String deployNode(int instances) throws Exception {
        return await(vertx.deployVerticle(
                PausingVerticle.class.getName(),
                options("echo", new JsonObject()).setInstances(instances)));
    }

    @Test
    void losesNoCallWhenOneNodeAfterTheOtherIsReplaced() throws Exception {
        List<String> nodes = new ArrayList<>(List.of(deployNode(1), deployNode(2), deployNode(1)));
        DescribedClient client = DescribedClient.create(vertx, new JsonObject().put("registry", registry));
        SteadyCaller caller = new SteadyCaller(vertx, client, CALLS_A_SECOND);
        caller.start();
        await(caller.passes(100));
        for (String node : nodes) {
            await(vertx.undeploy(node));
            await(caller.passes(100));
            deployNode(1);
            await(caller.passes(100));
        }
        await(caller.stop());
        assertThat(caller.failed()).isEmpty();
        await(client.close());
    }

    @Test
    void takesTheClientFromTheBusThenAnswersTheCallsThatRun() throws Exception {
        Promise<Message<Object>> arrived = Promise.promise();
        vertx.eventBus().consumer("micro.handler/slow/Slow.Get", arrived::tryComplete);
        await(vertx.deployVerticle(
                ServerVerticle.class.getName(),
                options("slow", new JsonObject().put("endpoints", new JsonArray().add("Slow.Get")))));
        String client = await(vertx.deployVerticle(
                ClientVerticle.class.getName(),
                new DeploymentOptions().setConfig(new JsonObject().put("registry", registry))));
        Future<Message<Object>> running = call();
        Message<Object> request = await(arrived.future());
        Future<Void> undeployed = vertx.undeploy(client);
        Promise<Throwable> refused = Promise.promise();
        vertx.setPeriodic(5, timer -> call().onFailure(failure -> {
            if (failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS) {
                vertx.cancelTimer(timer);
                refused.tryComplete(failure);
            }
        }));
        await(refused.future());
        assertThat(undeployed.isComplete()).isFalse();
        request.reply(new JsonObject().put("done", true));
        assertThat(await(running).body()).isEqualTo(new JsonObject().put("done", true));
        await(undeployed);
    }

    private Future<Message<Object>> call() {
        DeliveryOptions named =
                new DeliveryOptions().addHeader("service", "slow").addHeader("endpoint", "Slow.Get");
        return vertx.eventBus().request("micro.client", new JsonObject(), named);
    }

    @Test
    void doesNotTakeACallWhoseHandlerHasLeftTheBus() throws Exception {
        int port = FreePorts.next();
        JsonObject server = new JsonObject().put("endpoints", new JsonArray().add("Gone.Get"));
        DeploymentOptions options = options("gone", server);
        server.put("address", "127.0.0.1:" + port);
        await(vertx.deployVerticle(ServerVerticle.class.getName(), options));
        HttpClient http = vertx.createHttpClient();
        HttpClientResponse answer = await(http.request(HttpMethod.POST, port, "127.0.0.1", "/")
                .compose(request -> request.putHeader("Content-Type", "application/json")
                        .putHeader(Headers.ENDPOINT, "Gone.Get")
                        .send(Buffer.buffer("{}"))));
        assertThat(answer.getHeader(Headers.ERROR)).contains("\"code\":503");
        assertThat(answer.getHeader(Headers.NOT_TAKEN)).isEqualTo("true");
        await(http.close());
    }
}
