package dev.vertxmicro.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.client.Request;
import dev.vertxmicro.launcher.VertxHome.Running;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.testkit.server.FreePorts;
import dev.vertxmicro.verticle.DescribedClient;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A process of {@code bin/vertx run} that is told to end while it is called. */
class DrainRunTest {
    private static final Endpoint<JsonObject, JsonObject> HELLO =
            Endpoint.unary("Patient.Hello", JsonObject.class, JsonObject.class);
    /** The drain timeout, and what a JVM takes to end on a busy machine. */
    private static final Duration WITHIN = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final JsonObject registry = new JsonObject()
            .put("type", "mdns")
            .put(
                    "mdns",
                    new JsonObject()
                            .put("address", "239.255.77.9:" + FreePorts.next())
                            .put("interfaces", new JsonArray().add("lo")));
    private final AtomicInteger answered = new AtomicInteger();
    private final List<Throwable> failed = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(30, TimeUnit.SECONDS);
    }

    private Running node() {
        JsonObject descriptor = new JsonObject()
                .put("service", new JsonObject().put("name", "patient"))
                .put("registry", registry)
                .put("server", new JsonObject().put("address", "127.0.0.1:0"));
        Running node = VertxHome.shared()
                .start("run", PatientVerticle.class.getName(), "-conf", descriptor.encode(), "-instances", "2");
        node.await("Registering node");
        return node;
    }

    private void pass(int calls) throws Exception {
        int enough = answered.get() + calls;
        Promise<Void> passed = Promise.promise();
        vertx.setPeriodic(5, timer -> {
            if (answered.get() >= enough || !failed.isEmpty()) {
                vertx.cancelTimer(timer);
                passed.tryComplete();
            }
        });
        await(passed.future());
    }

    @Test
    void losesNoCallWhenANodeIsTerminated() throws Exception {
        try (Running stays = node();
                Running leaves = node()) {
            DescribedClient client = DescribedClient.create(
                    vertx,
                    new JsonObject()
                            .put("registry", registry)
                            .put(
                                    "client",
                                    new JsonObject()
                                            .put("contentType", "application/json")
                                            .put("requestTimeout", "30s")));
            await(client.warmUp(List.of("patient"))); // a look-up that nobody answers in time is no lost call
            long calling = vertx.setPeriodic(5, tick -> client.call(Request.of("patient", HELLO, new JsonObject()))
                    .onSuccess(answer -> answered.incrementAndGet())
                    .onFailure(failed::add));
            pass(200);
            long began = System.nanoTime();
            leaves.terminate();
            assertThat(leaves.exitCode()).isEqualTo(143);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(WITHIN);
            pass(200);
            vertx.cancelTimer(calling);
            assertThat(failed).isEmpty();
            await(client.close());
            stays.terminate();
            assertThat(stays.exitCode()).isEqualTo(143);
        }
    }
}
