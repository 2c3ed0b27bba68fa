package dev.vertxmicro.verticle.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.verticle.Held;
import dev.vertxmicro.verticle.ownership.Lease;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A RegistryHost that is stopped while it starts, and while it registers. */
class OvertakenRegistryHostTest {
    private final Vertx vertx = Vertx.vertx();
    private final Registry memory = Registry.inMemory(VertxTimers.of(vertx));

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    private record Opening(RegistryHost host, Future<Void> started) {}

    private Opening opening(Registry backend) {
        Promise<Opening> made = Promise.promise();
        vertx.getOrCreateContext().runOnContext(start -> {
            RegistryHost host = RegistryHost.create(vertx, backend, RegistryHostOptions.DEFAULTS, up -> {});
            made.complete(new Opening(host, host.start()));
        });
        return Await.result(made.future());
    }

    private Future<Void> stopped(RegistryHost host) {
        Promise<Void> done = Promise.promise();
        vertx.getOrCreateContext().runOnContext(now -> host.stop().onComplete(done));
        return done.future();
    }

    private void assertNobodyAnswers() {
        assertThat(Await.cause(vertx.eventBus().request("micro.registry", new JsonObject())))
                .hasMessageContaining("No handlers for address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"watch", "list"})
    void leavesNothingBehind(String step) {
        Held<Registry> held = Held.of(Registry.class, memory, step);
        Opening opening = opening(held.shown());
        Await.result(held.reached());
        Future<Void> stopped = stopped(opening.host());
        held.release();
        Await.result(stopped);
        assertThat(Await.failure(opening.started())).hasMessageContaining("stopped while starting");
        assertNobodyAnswers();
        assertThat(Await.failure(memory.list())).hasMessageContaining("registry is closed");
    }

    @Test
    void holdsNothingThatIsRegisteredWhileItStops() {
        Registry survivor = Held.of(Registry.class, memory, "nothing").shown();
        Promise<Optional<Throwable>> refused = Promise.promise();
        vertx.getOrCreateContext().runOnContext(start -> {
            LeasedRegistrations registrations = new LeasedRegistrations(
                    survivor,
                    () -> Lease.ended(VertxTimers.of(vertx)),
                    RegistryHostOptions.DEFAULTS,
                    VertxTimers.of(vertx),
                    key -> {});
            registrations.refuse();
            registrations
                    .hold(new Claim(Bus.service("a", "a1"), "", Duration.ZERO, "me"))
                    .onComplete(done -> refused.complete(Optional.ofNullable(done.cause())));
        });
        assertThat(Await.result(refused.future()))
                .hasValueSatisfying(cause -> assertThat(cause).hasMessageContaining("RegistryVerticle is stopping"));
        assertThat(Await.result(memory.list())).isEmpty();
    }
}
