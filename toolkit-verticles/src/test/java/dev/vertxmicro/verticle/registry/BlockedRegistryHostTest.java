package dev.vertxmicro.verticle.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One of two hosts with the same backend has its event loop blocked. */
class BlockedRegistryHostTest {
    private static final RegistryHostOptions OPTIONS = RegistryHostOptions.DEFAULTS
            .withCheck(Duration.ofMillis(200))
            .withHeartbeat(Duration.ofSeconds(60), Duration.ofMillis(100));

    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = new Bus(vertx);
    private final Registry backend = Registry.inMemory(VertxTimers.of(vertx));

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    private record Open(Context context, RegistryHost host) {
        Future<Integer> registrations() {
            Promise<Integer> told = Promise.promise();
            context.runOnContext(ask -> host.health()
                    .map(health -> health.getInteger("registrations"))
                    .onComplete(told));
            return told.future();
        }
    }

    private Open open(Recording<String> registered) {
        Promise<Open> opened = Promise.promise();
        // A verticle has an event loop of its own.
        Await.result(vertx.deployVerticle(new VerticleBase() {
            @Override
            public Future<?> start() {
                RegistryHost host =
                        RegistryHost.create(vertx, new OutageRegistry(backend, registered::handle), OPTIONS, up -> {});
                opened.complete(new Open(context, host));
                return host.start();
            }
        }));
        return Await.result(opened.future());
    }

    @Test
    void isInheritedFromAndKeepsNothingAliveThatIsAnothers() {
        Recording<String> registeredByFirst = new Recording<>();
        Recording<String> registeredBySecond = new Recording<>();
        Open first = open(registeredByFirst);
        bus.ask("register", Bus.json("ghost", "g1"));
        assertThat(registeredByFirst.next()).isEqualTo("g1");
        Open second = open(registeredBySecond);
        CountDownLatch blocked = new CountDownLatch(1);
        first.context().runOnContext(block -> await(blocked));
        assertThat(registeredBySecond.next()).isEqualTo("g1");
        assertThat(Await.result(second.registrations())).isOne();
        blocked.countDown();
        Await.result(lets(first));
        // The owner takes it back, whoever is asked; nobody brings it back.
        Await.result(deregistered());
        while (!registeredByFirst.isEmpty()) {
            registeredByFirst.next();
        }
        Await.result(vertx.timer(500, TimeUnit.MILLISECONDS));
        assertThat(registeredByFirst.isEmpty()).isTrue();
        assertThat(Await.result(second.registrations())).isZero();
        assertThat(Await.result(backend.list())).isEmpty();
    }

    private Future<Void> lets(Open woken) {
        return vertx.timer(20, TimeUnit.MILLISECONDS)
                .compose(later -> woken.registrations())
                .compose(left -> left == 0 ? Future.succeededFuture() : lets(woken));
    }

    /** Who has just woken refuses, and is asked again. */
    private Future<Void> deregistered() {
        DeliveryOptions asking =
                new DeliveryOptions().addHeader("micro-version", "1").addHeader("action", "deregister");
        return vertx.eventBus()
                .request("micro.registry", Bus.json("ghost", "g1"), asking)
                .<Void>mapEmpty()
                .recover(refused -> {
                    assertThat(refused).hasMessageContaining("\"detail\":\"not taken: ");
                    return vertx.timer(20, TimeUnit.MILLISECONDS).compose(later -> deregistered());
                });
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
