package dev.vertxmicro.verticle.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.eventbus.registry.EventBusRegistry;
import dev.vertxmicro.eventbus.registry.EventBusRegistryOptions;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.ServiceJson;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.verticle.RegistryVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a watch, and of registrations, when verticles come and go and messages are lost. */
class EventBusWatchTest {
    private static final Duration TTL = Duration.ofSeconds(60);
    private static final EventBusRegistryOptions OPTIONS =
            EventBusRegistryOptions.DEFAULTS.withCheck(Duration.ofMillis(200)).withGrace(Duration.ofSeconds(2));

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    private String deploy() {
        JsonObject registry =
                new JsonObject().put("type", "memory").put("eventbus", new JsonObject().put("check", "200ms"));
        DeploymentOptions options = new DeploymentOptions().setConfig(new JsonObject().put("registry", registry));
        return Await.result(vertx.deployVerticle(RegistryVerticle.class.getName(), options));
    }

    private static ServiceInfo service(String name, String node) {
        return new ServiceInfo(name, "1", Map.of(), List.of(), List.of(new Node(node, "127.0.0.1:9001", Map.of())));
    }

    private static RegistryChange change(Action action, String name, String node) {
        return new RegistryChange(action, service(name, node));
    }

    private static Recording<RegistryChange> watch(Registry registry) {
        Recording<RegistryChange> changes = new Recording<>();
        Await.result(registry.watch(changes));
        return changes;
    }

    @Test
    void saysWhatIsMissingWhereThereIsNoRegistryVerticle() {
        EventBusRegistry registry = EventBusRegistry.create(vertx, OPTIONS);
        MicroException refusal = Await.failure(registry.register(service("a", "a1"), TTL));
        assertThat(refusal.code()).isEqualTo(503);
        assertThat(refusal.detail()).startsWith("micro.registry: nobody there (expected: a RegistryVerticle, deployed");
        assertThat(Await.failure(registry.get("a")).code()).isEqualTo(503);
        assertThat(Await.failure(registry.list()).code()).isEqualTo(503);
        assertThat(Await.failure(registry.watch(change -> {})).code()).isEqualTo(503);
        deploy();
        Recording<RegistryChange> changes = watch(registry);
        Await.result(registry.register(service("a", "a1"), TTL));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, "a", "a1"));
    }

    @Test
    void watchesOneServiceAlone() {
        deploy();
        EventBusRegistry registry = EventBusRegistry.create(vertx, OPTIONS);
        Await.result(registry.register(service("a", "a1"), TTL));
        Recording<RegistryChange> one = new Recording<>();
        Await.result(registry.watch("a", one));
        Await.result(registry.register(service("b", "b1"), TTL));
        Await.result(registry.register(service("a", "a2"), TTL));
        assertThat(one.next()).isEqualTo(change(Action.CREATE, "a", "a2"));
        Recording<RegistryChange> all = watch(registry);
        Await.result(registry.deregister(service("b", "b1")));
        Await.result(registry.deregister(service("a", "a1")));
        assertThat(all.next()).isEqualTo(change(Action.DELETE, "b", "b1"));
        assertThat(all.next()).isEqualTo(change(Action.DELETE, "a", "a1"));
        assertThat(one.next()).isEqualTo(change(Action.DELETE, "a", "a1"));
    }

    /** A verticle of a user that registers and never thinks of it again. */
    private static final class Forgetful extends VerticleBase {
        @Override
        public Future<?> start() {
            return EventBusRegistry.create(vertx, OPTIONS).register(service("forgetful", "f1"), TTL);
        }
    }

    @Test
    void dropsWhatAnUndeployedVerticleRegistered() {
        deploy();
        Recording<RegistryChange> changes = watch(EventBusRegistry.create(vertx, OPTIONS));
        String id = Await.result(vertx.deployVerticle(new Forgetful()));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, "forgetful", "f1"));
        Await.result(vertx.undeploy(id));
        assertThat(changes.next()).isEqualTo(change(Action.DELETE, "forgetful", "f1"));
    }

    @Test
    void keepsWhatTheNextRegistryVerticleDoesNotKnowForTheGrace() {
        String first = deploy();
        EventBusRegistry owner = EventBusRegistry.create(vertx, OPTIONS);
        Recording<RegistryChange> changes = watch(EventBusRegistry.create(vertx, OPTIONS));
        Await.result(owner.register(service("a", "a1"), TTL));
        DeliveryOptions register = new DeliveryOptions().addHeader("action", "register");
        Await.result(vertx.eventBus().request("micro.registry", ServiceJson.write(service("plain", "p1")), register));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, "a", "a1"));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, "plain", "p1"));
        Await.result(vertx.undeploy(first));
        long gone = System.nanoTime();
        deploy();
        // The owner has registered again by itself, and of that nothing is told.
        assertThat(changes.next()).isEqualTo(change(Action.DELETE, "plain", "p1"));
        assertThat(Duration.ofNanos(System.nanoTime() - gone)).isGreaterThan(Duration.ofSeconds(2));
        assertThat(Await.result(owner.list())).containsExactly("a");
        assertThat(changes.isEmpty()).isTrue();
    }

    @Test
    void asksAgainWhenAMessageWasLost() {
        deploy();
        EventBusRegistry registry = EventBusRegistry.create(vertx, OPTIONS);
        Recording<RegistryChange> changes = watch(registry);
        AtomicBoolean losing = new AtomicBoolean(true);
        vertx.eventBus().addOutboundInterceptor((DeliveryContext<Object> context) -> {
            if (!losing.get() || !context.message().address().equals("micro.registry.changes")) {
                context.next();
            }
        });
        Await.result(registry.register(service("a", "a1"), TTL));
        // Nothing follows by which a number would be missed: the next two checks find it.
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, "a", "a1"));
        Await.result(registry.register(service("b", "b1"), TTL));
        losing.set(false);
        Await.result(registry.register(service("c", "c1"), TTL));
        assertThat(List.of(changes.next(), changes.next()))
                .containsExactlyInAnyOrder(change(Action.CREATE, "b", "b1"), change(Action.CREATE, "c", "c1"));
        Await.result(registry.deregister(service("a", "a1")));
        assertThat(changes.next()).isEqualTo(change(Action.DELETE, "a", "a1"));
    }
}
