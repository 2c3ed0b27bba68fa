package dev.vertxmicro.verticle.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.testkit.program.JavaProcess;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.verticle.Cluster;
import dev.vertxmicro.verticle.DescribedClient;
import dev.vertxmicro.verticle.ServerVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A ServerVerticle here, its handlers in two other processes of the cluster, which hang, die and go. */
class HandlerClusterTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final List<String> HANDLERS =
            List.of("micro.handler/clock/Clock.Now", "micro.handler/clock/Clock.Slow");
    private static final int WARM_CALLS = 100;
    /** Two or three, on a machine that is not busy with anything else. */
    private static final int FEW = 5;

    private static final int TICK_MILLIS = 20;
    private static final int AFTER_MILLIS = 4000;

    private final List<Integer> ports = Cluster.freePorts(3);
    private final List<JavaProcess> handlers = new ArrayList<>();
    private final List<Long> pids = new ArrayList<>();
    private Vertx vertx;
    private DescribedClient client;
    private String address;

    @BeforeEach
    void join() throws Exception {
        vertx = Cluster.join(ports.get(0), ports).await(30, TimeUnit.SECONDS);
        for (int i = 1; i < 3; i++) {
            handlers.add(JavaProcess.start(
                    HandlerProcess.class.getName(),
                    ports.get(i).toString(),
                    ports.get(0).toString(),
                    ports.get(1).toString(),
                    ports.get(2).toString()));
        }
        for (JavaProcess handler : handlers) {
            pids.add(Long.valueOf(handler.await("ready ").substring("ready ".length())));
        }
        JsonObject registry = new JsonObject().put("type", "memory");
        JsonObject server = new JsonObject()
                .put("address", "127.0.0.1:" + Cluster.freePorts(1).get(0))
                .put("endpoints", new JsonArray().add("Clock.Now").add("Clock.Slow"));
        address = server.getString("address");
        JsonObject descriptor = new JsonObject()
                .put("service", new JsonObject().put("name", "clock"))
                .put("server", server)
                .put("registry", registry);
        Await.result(
                vertx.deployVerticle(ServerVerticle.class.getName(), new DeploymentOptions().setConfig(descriptor)));
        client = DescribedClient.create(vertx, new JsonObject().put("registry", registry));
        Await.result(known());
        for (int i = 0; i < WARM_CALLS; i++) {
            Await.result(call("Clock.Now", PATIENCE));
        }
    }

    /** Completes when both processes are known to have each handler. */
    private Future<Void> known() {
        Promise<Void> known = Promise.promise();
        MemberDirectory directory = NodeAgent.of(vertx).directory();
        Runnable look = () -> {
            if (HANDLERS.stream()
                    .allMatch(handler -> directory.offering(handler).size() == 2)) {
                known.tryComplete();
            }
        };
        directory.add((action, handler, node) -> vertx.runOnContext(later -> look.run()));
        look.run();
        return known.future();
    }

    @AfterEach
    void leave() {
        handlers.forEach(JavaProcess::close);
        Await.result(client.close());
        Await.result(vertx.close());
    }

    private Future<JsonObject> call(String endpoint, Duration timeout) {
        return call(endpoint, new JsonObject(), timeout);
    }

    private Future<JsonObject> call(String endpoint, JsonObject body, Duration timeout) {
        CallOptions options = CallOptions.DEFAULTS
                .withAddresses(List.of(address))
                .withContentType(Optional.of("application/json"))
                .withRequestTimeout(Optional.of(timeout));
        Endpoint<JsonObject, JsonObject> json = Endpoint.unary(endpoint, JsonObject.class, JsonObject.class);
        return client.call(Request.of("clock", json, body).withOptions(options));
    }

    /** Calls at a steady rate, does something in the middle of it, and gives what failed. */
    private List<String> failures(Runnable fault) {
        ConcurrentLinkedQueue<String> failed = new ConcurrentLinkedQueue<>();
        AtomicInteger running = new AtomicInteger(1);
        Promise<Void> all = Promise.promise();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(AFTER_MILLIS + 1000);
        vertx.setPeriodic(TICK_MILLIS, timer -> {
            if (System.nanoTime() - end > 0) {
                vertx.cancelTimer(timer);
                if (running.decrementAndGet() == 0) {
                    all.tryComplete();
                }
                return;
            }
            running.incrementAndGet();
            call("Clock.Now", TIMEOUT)
                    .onFailure(failure -> failed.add(String.valueOf(failure.getMessage())))
                    .onComplete(done -> {
                        if (running.decrementAndGet() == 0) {
                            all.tryComplete();
                        }
                    });
        });
        vertx.setTimer(
                1000,
                later -> vertx.executeBlocking(() -> {
                    fault.run();
                    return null;
                }));
        Await.result(all.future());
        return List.copyOf(failed);
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, pids.get(0).toString())
                    .start()
                    .waitFor();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aFrozenProcessCostsFewCalls() {
        List<String> failed = failures(() -> signal("STOP"));
        assertThat(failed).hasSizeLessThanOrEqualTo(FEW);
    }

    @Test
    void aBlockedEventLoopCostsFewCalls() {
        List<String> failed =
                failures(() -> call("Clock.Slow", new JsonObject().put("block", 60), Duration.ofSeconds(1)));
        assertThat(failed).hasSizeLessThanOrEqualTo(FEW);
    }

    @Test
    void aKilledProcessCostsWhatRunsThere() {
        List<String> failed = failures(() -> signal("KILL"));
        assertThat(failed).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void aProcessThatGoesCostsNothing() {
        List<String> failed = failures(() -> signal("TERM"));
        assertThat(failed).isEmpty();
    }

    @Test
    void aCallThatRunsInAProcessThatDiesFailsAtOnce() {
        List<Future<JsonObject>> slow = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            slow.add(call("Clock.Slow", Duration.ofSeconds(30)));
        }
        Await.result(call("Clock.Now", PATIENCE));
        long killed = System.nanoTime();
        pids.clear();
        handlers.forEach(JavaProcess::close);
        for (Future<JsonObject> call : slow) {
            MicroException failure = Await.failure(call);
            assertThat(failure.code()).isEqualTo(500);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void anAgentDescribesItsProcess() {
        HandlerNode node = NodeAgent.of(vertx)
                .directory()
                .offering(HANDLERS.get(0))
                .iterator()
                .next();
        DeliveryOptions describe = new DeliveryOptions().addHeader("action", NodeAgent.DESCRIBE);
        JsonObject said = Await.result(vertx.eventBus().<JsonObject>request(node.address, null, describe))
                .body();
        assertThat(said.getString("process")).isEqualTo(node.process);
        assertThat(said.getJsonArray("verticles"))
                .containsExactly(new JsonObject()
                        .put("main", "java:" + HandlerProcess.Plain.class.getName())
                        .put("instances", 1));
        assertThat(said.getJsonArray("handlers")).containsExactlyElementsOf(HANDLERS);
    }
}
