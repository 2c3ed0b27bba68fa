package dev.vertxmicro.verticle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.StringValue;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.service.Service;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One deadline and one cancellation for three hops: client, two relays, a handler; by HTTP, and to and from the event bus. */
class DeadlineTest {
    private static final Duration SOON = Duration.ofMillis(50);

    private final Vertx vertx = Vertx.vertx();
    private final JsonObject registry = PrivateRegistry.section();
    private volatile Promise<CallContext> arrived = Promise.promise();
    private volatile Promise<Long> told = Promise.promise();
    private volatile Promise<Message<Object>> request = Promise.promise();
    private DescribedClient client;

    @BeforeEach
    void deploy() throws Exception {
        client = DescribedClient.create(vertx, new JsonObject().put("registry", registry));
        relay("first", "second");
        relay("second", "third");
    }

    @AfterEach
    void stop() throws Exception {
        await(client.close());
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(20, TimeUnit.SECONDS);
    }

    private DeploymentOptions options(String name, JsonObject server, JsonObject app) {
        return new DeploymentOptions()
                .setConfig(new JsonObject()
                        .put("service", new JsonObject().put("name", name))
                        .put("server", server.put("address", "127.0.0.1:0").put("drainDelay", "0"))
                        .put("registry", registry)
                        .put("app", app));
    }

    private void relay(String name, String to) throws Exception {
        await(vertx.deployVerticle(
                RelayVerticle.class.getName(), options(name, new JsonObject(), new JsonObject().put("to", to))));
    }

    /** The third hop: never answers, and tells when it is told to stop. */
    private void handler() throws Exception {
        await(vertx.deployVerticle(
                () -> new ServiceVerticle() {
                    @Override
                    protected void configure(Service service) {
                        service.server().handle(RelayVerticle.PASS, (request, context) -> {
                            context.cancellation().onCancel(() -> told.tryComplete(System.nanoTime()));
                            arrived.tryComplete(context);
                            return Promise.<StringValue>promise().future();
                        });
                    }
                },
                options("third", new JsonObject(), new JsonObject())));
    }

    private Future<StringValue> call(CallContext context) {
        return client.call(context, Request.of("first", RelayVerticle.PASS, StringValue.of("davie")));
    }

    @Test
    void leavesTheThirdHopWhatIsLeftAndEndsItsWorkWhenThatIsOver() throws Exception {
        handler();
        long begin = System.nanoTime();
        CallContext context =
                CallContext.create().withDeadline(begin + Duration.ofMillis(700).toNanos());
        Future<StringValue> call = call(context);
        long deadline = await(arrived.future()).deadline();
        assertThat(Duration.ofNanos(deadline - begin)).isBetween(Duration.ofMillis(300), Duration.ofMillis(750));
        assertThatThrownBy(() -> await(call)).hasMessageContaining("408");
        assertThat(Duration.ofNanos(await(told.future()) - context.deadline())).isLessThan(Duration.ofMillis(500));
    }

    @Test
    void reachesTheThirdHopWithinFiftyMillisecondsWhenTheCallerIsCancelled() throws Exception {
        handler();
        assertThat(shortest(round -> cancelByHttp())).isLessThan(SOON);
    }

    private interface Round {
        Duration run(int number) throws Exception;
    }

    /** Of some rounds: the first loads classes, and others may share the processor with whatever else runs. */
    private static Duration shortest(Round round) throws Exception {
        Duration least = round.run(0);
        for (int i = 1; i < 8 && least.compareTo(SOON) >= 0; i++) {
            Duration next = round.run(i);
            least = next.compareTo(least) < 0 ? next : least;
        }
        return least;
    }

    private Duration cancelByHttp() throws Exception {
        arrived = Promise.promise();
        told = Promise.promise();
        Cancellation cancellation = new Cancellation();
        Future<StringValue> call = call(CallContext.create().withCancellation(cancellation));
        await(arrived.future());
        Duration took = toldAfter(() -> cancellation.cancel(MicroException.timeout("test", "not needed any more")));
        assertThatThrownBy(() -> await(call)).hasMessageContaining("context canceled");
        return took;
    }

    private Duration toldAfter(Runnable cancel) throws Exception {
        long begin = System.nanoTime();
        cancel.run();
        return Duration.ofNanos(await(told.future()) - begin);
    }

    @Test
    void reachesAHandlerOnTheBusForACallerOnTheBus() throws Exception {
        JsonObject server = new JsonObject().put("endpoints", new JsonArray().add("Relay.Pass"));
        await(vertx.deployVerticle(ServerVerticle.class.getName(), options("third", server, new JsonObject())));
        await(vertx.deployVerticle(
                ClientVerticle.class.getName(),
                new DeploymentOptions().setConfig(new JsonObject().put("registry", registry))));
        vertx.eventBus().consumer("micro.handler/third/Relay.Pass", message -> request.tryComplete(message));
        vertx.eventBus().consumer("micro.cancel", message -> {
            Message<Object> known = request.future().result();
            if (known != null
                    && message.headers().get("call").equals(known.headers().get("call"))) {
                told.tryComplete(System.nanoTime());
            }
        });
        assertThat(shortest(round -> cancelByBus("mine " + round))).isLessThan(SOON);
    }

    private Duration cancelByBus(String id) throws Exception {
        request = Promise.promise();
        told = Promise.promise();
        DeliveryOptions named = new DeliveryOptions()
                .addHeader("service", "first")
                .addHeader("endpoint", "Relay.Pass")
                .addHeader("timeout", "1") // milliseconds, to a bridge
                .addHeader("micro-timeout", "3000000000")
                .addHeader("call", id);
        Future<Message<Object>> reply = vertx.eventBus().request("micro.client", Buffer.buffer(), named);
        long left = Long.parseLong(await(request.future()).headers().get("timeout"));
        assertThat(Duration.ofNanos(left)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(3));
        Duration took = toldAfter(
                () -> vertx.eventBus().publish("micro.cancel", null, new DeliveryOptions().addHeader("call", id)));
        assertThatThrownBy(() -> await(reply)).hasMessageContaining("context canceled");
        return took;
    }
}
