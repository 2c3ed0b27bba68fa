package dev.vertxmicro.verticle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.service.HealthStatus;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SharedRegistryTest {
    private static final ServiceInfo NODE = new ServiceInfo(
            "greeter", "1", Map.of(), List.of(), List.of(new Node("greeter-1", "127.0.0.1:1", Map.of())));
    private static final Duration TTL = Duration.ofSeconds(60);

    private final ManualTimers timers = Timers.manual();
    private final Registry memory = Registry.inMemory(timers);
    private final Held<Registry> held = Held.of(Registry.class, memory, "register");
    private final Held<Registry> outer = Held.of(Registry.class, held.shown(), "deregister");

    @Test
    void deregistersAfterARenewalOfAnotherInstanceThatIsUnderWay() {
        SharedRegistry shared = new SharedRegistry(outer.shown(), System::nanoTime);
        Future<Void> renewed = shared.register(NODE, TTL);
        Future<Void> gone = shared.deregister(NODE);
        assertThat(outer.reached().isComplete())
                .as("deregistered before the renewal has ended")
                .isFalse();
        held.release();
        outer.release();
        assertThat(renewed.succeeded()).isTrue();
        assertThat(gone.succeeded()).isTrue();
        assertThat(memory.get("greeter").result()).isEmpty();
    }

    @Test
    void deregistersOnceAndTellsAllWhenThatIsDone() {
        SharedRegistry shared = new SharedRegistry(outer.shown(), System::nanoTime);
        held.release();
        shared.register(NODE, TTL);
        Future<Void> first = shared.deregister(NODE);
        Future<Void> second = shared.deregister(NODE);
        assertThat(second.isComplete()).isFalse();
        outer.release();
        assertThat(first.succeeded() && second.succeeded()).isTrue();
        assertThat(shared.register(NODE, TTL).succeeded()).isTrue();
        assertThat(memory.get("greeter").result()).as("renewed after the end").isEmpty();
    }

    @Test
    void isWellWhileOthersCanFindTheNode() {
        AtomicBoolean away = new AtomicBoolean(true);
        Registry unsteady = (Registry) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Registry.class},
                (proxy, method, arguments) -> method.getName().equals("register") && away.get()
                        ? Future.failedFuture("away")
                        : method.invoke(memory, arguments));
        SharedRegistry shared = new SharedRegistry(unsteady, timers::nanoTime);
        assertThat(shared.health().data().getString("cause")).isEqualTo("nothing was registered yet");
        shared.register(NODE, TTL);
        assertThat(shared.health())
                .as("never registered")
                .isEqualTo(
                        HealthStatus.down(new JsonObject().put("type", "memory").put("cause", "away")));
        away.set(false);
        shared.register(NODE, TTL);
        assertThat(shared.health()).isEqualTo(HealthStatus.ok(new JsonObject().put("type", "memory")));
        away.set(true);
        timers.advance(Duration.ofSeconds(59));
        shared.register(NODE, TTL);
        assertThat(shared.health().up()).as("the registration still holds").isTrue();
        timers.advance(Duration.ofSeconds(1));
        assertThat(shared.health())
                .isEqualTo(
                        HealthStatus.down(new JsonObject().put("type", "memory").put("cause", "away")));
    }
}
