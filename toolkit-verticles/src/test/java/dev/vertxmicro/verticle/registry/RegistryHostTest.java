package dev.vertxmicro.verticle.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.eventbus.registry.EventBusRegistry;
import dev.vertxmicro.eventbus.registry.EventBusRegistryOptions;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistryHostTest {
    private static final Duration TTL = Duration.ofSeconds(60);
    private static final RegistryHostOptions OPTIONS = RegistryHostOptions.DEFAULTS.withCheck(Duration.ofMillis(200));
    private static final EventBusRegistryOptions CLIENT =
            EventBusRegistryOptions.DEFAULTS.withCheck(Duration.ofMillis(200)).withGrace(Duration.ofSeconds(1));

    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = new Bus(vertx);
    private final Recording<String> registered = new Recording<>();
    private final Recording<Boolean> health = new Recording<>();
    private final Registry memory = Registry.inMemory(VertxTimers.of(vertx));
    private final OutageRegistry backend = new OutageRegistry(memory, registered::handle);

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    private RegistryHost open(Registry owned, RegistryHostOptions options) {
        Promise<RegistryHost> opened = Promise.promise();
        vertx.getOrCreateContext().runOnContext(start -> {
            RegistryHost host = RegistryHost.create(vertx, owned, options, health::handle);
            host.start().map(host).onComplete(opened);
        });
        return Await.result(opened.future());
    }

    private Recording<RegistryChange> watch(Registry registry) {
        Recording<RegistryChange> changes = new Recording<>();
        Await.result(registry.watch(changes));
        return changes;
    }

    private static RegistryChange change(Action action, String service, String node) {
        return new RegistryChange(action, Bus.service(service, node));
    }

    @Test
    void dropsWhatWasNotRenewedInTime() {
        open(backend, OPTIONS);
        Recording<RegistryChange> changes = watch(EventBusRegistry.create(vertx, CLIENT));
        bus.ask("register", Bus.json("a", "a1"), "ttl", "300000000");
        bus.ask("register", Bus.json("b", "b1"));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, "a", "a1"));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, "b", "b1"));
        assertThat(changes.next()).isEqualTo(change(Action.DELETE, "a", "a1"));
        assertThat(bus.ask("list", new JsonObject()).getJsonArray("services")).isEqualTo(new JsonArray().add("b"));
        assertThat(Await.result(memory.list())).containsExactly("b");
    }

    @Test
    void dropsWhatItsOwnerHasAbandoned() {
        open(backend, OPTIONS);
        Recording<RegistryChange> changes = watch(EventBusRegistry.create(vertx, CLIENT));
        MessageConsumer<Object> gone = vertx.eventBus().consumer("legacy.owner", message -> {});
        vertx.eventBus().consumer("other.owner", message -> message.reply("here"));
        bus.ask("register", Bus.json("legacy", "l1"), "owner", "legacy.owner");
        bus.ask("register", Bus.json("other", "o1"), "owner", "other.owner");
        changes.next();
        changes.next();
        Await.result(gone.unregister());
        assertThat(changes.next()).isEqualTo(change(Action.DELETE, "legacy", "l1"));
        assertThat(bus.ask("list", new JsonObject()).getJsonArray("services")).isEqualTo(new JsonArray().add("other"));
        assertThat(bus.ask("health", new JsonObject()).getInteger("registrations"))
                .isEqualTo(1);
    }

    @Test
    void refusesALeaseThatIsNoNumber() {
        open(backend, OPTIONS);
        assertThatThrownBy(() -> bus.ask("register", Bus.json("a", "a1"), "ttl", "5s"))
                .hasMessageContaining("header ttl: 5s (expected: nanoseconds");
        assertThatThrownBy(() -> bus.ask("register", Bus.json("a", "a1"), "ttl", "-1"))
                .hasMessageContaining("header ttl: -1");
    }

    @Test
    void answersWithoutTheBackendWhatItKnows() {
        open(backend, OPTIONS);
        bus.ask("register", Bus.json("a", "a1"));
        int before = backend.lookups();
        backend.away(true);
        assertThat(bus.ask("get", new JsonObject(), "service", "a").getJsonArray("services"))
                .isEqualTo(new JsonArray().add(Bus.json("a", "a1")));
        assertThat(bus.ask("list", new JsonObject()).getJsonArray("services")).isEqualTo(new JsonArray().add("a"));
        assertThat(Await.result(EventBusRegistry.create(vertx, CLIENT).get("a")))
                .containsExactly(Bus.service("a", "a1"));
        assertThat(backend.lookups()).isEqualTo(before);
    }

    @Test
    void tellsTheHealthOfTheBackendAndRegistersWhenItIsBack() {
        open(backend, OPTIONS.withHeartbeat(TTL, Duration.ofMillis(200)));
        JsonObject up = bus.ask("health", new JsonObject());
        assertThat(up.getString("status")).isEqualTo("UP");
        assertThat(up.getString("type")).isEqualTo("outage");
        assertThat(up.getString("since")).isNotEmpty();
        backend.away(true);
        bus.ask("register", Bus.json("a", "a1"));
        assertThat(health.next()).isFalse();
        JsonObject down = bus.ask("health", new JsonObject());
        assertThat(down.getString("status")).isEqualTo("DOWN");
        assertThat(down.getString("error")).isEqualTo("backend is away");
        backend.away(false);
        assertThat(registered.next()).isEqualTo("a1");
        assertThat(health.next()).isTrue();
        assertThat(bus.ask("health", new JsonObject()).containsKey("error")).isFalse();
    }

    @Test
    void opensWithoutTheBackendAndReadsItLater() {
        Await.result(memory.register(Bus.service("a", "a1"), TTL));
        backend.away(true);
        open(backend, OPTIONS);
        EventBusRegistry client = EventBusRegistry.create(vertx, CLIENT);
        assertThat(Await.failure(client.watch(change -> {})).detail()).contains("could not be read yet");
        assertThat(Await.failure(client.list()).detail()).isEqualTo("backend is away");
        Recording<JsonObject> published = new Recording<>();
        vertx.eventBus().<JsonObject>consumer("micro.registry.changes", message -> published.handle(message.body()));
        backend.away(false);
        assertThat(published.next().getString("action")).isEqualTo("create");
        assertThat(Await.result(client.list())).containsExactly("a");
    }

    @Test
    void asksForAnUnknownNameNotAgainAndAgain() {
        open(backend, OPTIONS);
        int before = backend.lookups();
        for (int i = 0; i < 5; i++) {
            assertThat(bus.ask("get", new JsonObject(), "service", "nobody").getJsonArray("services"))
                    .isEmpty();
        }
        assertThat(backend.lookups()).isEqualTo(before + 1);
    }

    @Test
    void twoOfThemRegisterOnceAndTheOtherTakesOver() {
        Recording<String> registeredThere = new Recording<>();
        OutageRegistry there = new OutageRegistry(Registry.inMemory(VertxTimers.of(vertx)), registeredThere::handle);
        RegistryHost first = open(backend, OPTIONS);
        bus.ask("register", Bus.json("once", "o1"));
        assertThat(registered.next()).isEqualTo("o1");
        open(there, OPTIONS);
        for (int i = 0; i < 6; i++) {
            bus.ask("register", Bus.json("once", "o1"));
        }
        assertThat(registered.isEmpty()).isTrue();
        assertThat(registeredThere.isEmpty()).isTrue();
        Await.result(first.stop());
        assertThat(registeredThere.next()).isEqualTo("o1");
        bus.ask("deregister", Bus.json("once", "o1"));
        assertThat(bus.ask("health", new JsonObject()).getInteger("registrations"))
                .isZero();
    }

    @Test
    void deregistersWhatAnotherOfThemHolds() {
        Registry there = Registry.inMemory(VertxTimers.of(vertx));
        open(backend, OPTIONS);
        bus.ask("register", Bus.json("a", "a1"));
        bus.ask("register", Bus.json("b", "b1"));
        open(there, OPTIONS);
        bus.ask("deregister", Bus.json("a", "a1"));
        bus.ask("deregister", Bus.json("b", "b1"));
        assertThat(Await.result(memory.list())).isEmpty();
    }

    @Test
    void readsTenThousandServicesOnceForAllWhoAsk() {
        int services = 10_000;
        List<Future<Void>> all = new ArrayList<>();
        for (int i = 0; i < services; i++) {
            ServiceInfo service = Bus.service("service" + i, "s" + i + "a", "s" + i + "b", "s" + i + "c");
            all.add(memory.register(service, Duration.ZERO));
        }
        Await.result(Future.all(all));
        open(backend, OPTIONS);
        int lookups = backend.lookups();
        EventBusRegistry client = EventBusRegistry.create(vertx, CLIENT);
        Recording<RegistryChange> changes = watch(client);
        assertThat(Await.result(client.list())).hasSize(services);
        assertThat(Await.result(client.get("service9999")).get(0).nodes()).hasSize(3);
        Await.result(memory.register(Bus.service("service0", "s0d"), TTL));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, "service0", "s0d"));
        assertThat(backend.lookups()).as("asked of the backend since").isEqualTo(lookups);
    }
}
