package dev.vertxmicro.verticle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.registry.Heartbeat;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.testkit.program.JavaProcess;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import dev.vertxmicro.testkit.server.ConsulAgent;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Calls go on while the registry's server is away, and after it came back empty. The outage takes 8 s;
 * {@code -Dsurvival.outage=PT60S} makes it longer.
 */
@Requires(Requirement.CONSUL)
class SurvivalTest {
    private static final Duration OUTAGE = Duration.parse(System.getProperty("survival.outage", "PT8S"));
    private static final Duration TTL = Duration.ofSeconds(5);
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final int CALLS_A_SECOND = 500;

    private final Vertx vertx = Vertx.vertx();
    private Backend backend;
    private DescribedClient client;
    private SteadyCaller caller;

    /**
     * The server of a registry.
     *
     * @param type    of the registry
     * @param address of the server
     * @param kill    ends it
     * @param start   starts it again, remembering nothing
     * @param close   ends it for good
     */
    record Backend(String type, String address, Runnable kill, Runnable start, Runnable close) {}

    Backend backend(Path directory) {
        ConsulAgent agent = ConsulAgent.dev(directory);
        return new Backend("consul", agent.address(), agent::kill, agent::start, agent::close);
    }

    @BeforeEach
    void begin(@TempDir Path directory) {
        backend = backend(directory);
        client = DescribedClient.create(vertx, new JsonObject().put("registry", registry()));
        caller = new SteadyCaller(vertx, client, CALLS_A_SECOND);
    }

    @AfterEach
    void end() throws Exception {
        await(client.close());
        await(vertx.close());
        backend.close().run();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(20, TimeUnit.SECONDS);
    }

    private JsonObject registry() {
        return new JsonObject()
                .put("type", backend.type())
                .put("ttl", TTL.toSeconds() + "s")
                .put("interval", INTERVAL.toSeconds() + "s")
                .put(
                        backend.type(),
                        new JsonObject().put("address", backend.address()).put("grace", "10s"));
    }

    private JsonObject descriptor() {
        return new JsonObject()
                .put("service", new JsonObject().put("name", "echo").put("version", "1.0.0"))
                .put("server", new JsonObject().put("address", "127.0.0.1:0"))
                .put("registry", registry());
    }

    private String deploy(JsonObject descriptor) throws Exception {
        return await(vertx.deployVerticle(EchoVerticle.class.getName(), new DeploymentOptions().setConfig(descriptor)));
    }

    /** Asks the server itself. */
    private List<Node> registered() {
        DescribedClient fresh = DescribedClient.create(vertx, new JsonObject().put("registry", registry()));
        try {
            return nodes(await(fresh.registry().get("echo")));
        } catch (Exception e) {
            return List.of();
        } finally {
            fresh.close();
        }
    }

    private static List<Node> nodes(List<ServiceInfo> versions) {
        return versions.stream().flatMap(version -> version.nodes().stream()).toList();
    }

    private void pass(Duration time) throws Exception {
        vertx.timer(time.toMillis(), TimeUnit.MILLISECONDS).await(time.toSeconds() + 20, TimeUnit.SECONDS);
    }

    /** Asks again and again: what is waited for is known to the registry only. */
    private Duration until(Duration limit, BooleanSupplier reached) throws Exception {
        long begin = System.nanoTime();
        while (!reached.getAsBoolean()) {
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(limit);
            pass(Duration.ofMillis(20));
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Test
    void takesTheNodeOfAServiceBackWhenVertxCloses() throws Exception {
        Vertx own = Vertx.vertx();
        try (RecordedLogs log = RecordedLogs.of(Heartbeat.class)) {
            await(own.deployVerticle(EchoVerticle.class.getName(), new DeploymentOptions().setConfig(descriptor())));
            assertThat(registered()).hasSize(1);
            await(own.close());
            assertThat(registered()).isEmpty();
            assertThat(log.all()).isEmpty();
        }
    }

    @Test
    void callsGoOnWhileTheServerIsAwayAndAfterItForgotEverything() throws Exception {
        String moving = deploy(descriptor());
        deploy(descriptor());
        deploy(descriptor());
        caller.start();
        await(caller.passes(CALLS_A_SECOND));
        backend.kill().run();
        pass(OUTAGE.dividedBy(2));
        await(vertx.undeploy(moving));
        deploy(descriptor());
        pass(OUTAGE.dividedBy(2));
        long whileAway = caller.answered();
        backend.start().run();
        Duration again = until(INTERVAL.plusSeconds(2), () -> registered().size() == 3);
        pass(Duration.ofSeconds(2));
        await(caller.stop());
        System.out.printf(
                Locale.ROOT,
                "survival: %s away for %d s, %d calls answered till it came back, %d in all, %d failed %s,"
                        + " all registered again after %.1f s (interval %d s)%n",
                backend.type(),
                OUTAGE.toSeconds(),
                whileAway,
                caller.answered(),
                caller.failures(),
                caller.failed(),
                again.toMillis() / 1000.0,
                INTERVAL.toSeconds());
        assertThat(whileAway).isGreaterThan(CALLS_A_SECOND * OUTAGE.toSeconds() * 8 / 10);
        assertThat(caller.failures())
                .as("calls on their way to the node that stopped: %s", caller.failed())
                .isLessThan(CALLS_A_SECOND / 10);
    }

    @Test
    void startsWithoutTheServerUnlessItIsRequired() throws Exception {
        backend.kill().run();
        JsonObject required = descriptor();
        required.getJsonObject("registry").put("required", true);
        assertThatThrownBy(() -> deploy(required)).hasMessageContaining(backend.address());
        deploy(descriptor());
        backend.start().run();
        until(INTERVAL.plusSeconds(2), () -> registered().size() == 1);
    }

    @Test
    void aKilledNodeIsGoneWithinItsTimeToLiveAndFailsNoFurtherCall() throws Exception {
        deploy(descriptor());
        try (JavaProcess doomed =
                JavaProcess.start(EchoProcess.class.getName(), descriptor().encode())) {
            doomed.await("serving");
            caller.start();
            await(caller.passes(CALLS_A_SECOND));
            until(Duration.ofSeconds(10), () -> watched() == 2);
        }
        Duration gone = until(TTL.plusSeconds(1), () -> watched() == 1);
        await(caller.stop());
        System.out.printf(
                Locale.ROOT,
                "survival: a killed node left %s after %.1f s (TTL %d s), %d calls answered, %d in flight failed %s%n",
                backend.type(),
                gone.toMillis() / 1000.0,
                TTL.toSeconds(),
                caller.answered(),
                caller.failures(),
                caller.failed());
        assertThat(caller.failedLate())
                .as("calls that failed though one had failed before they began")
                .isZero();
    }

    /** What the client's registry knows by its watch. */
    private int watched() {
        try {
            return nodes(await(client.registry().get("echo"))).size();
        } catch (Exception e) {
            return -1;
        }
    }
}
