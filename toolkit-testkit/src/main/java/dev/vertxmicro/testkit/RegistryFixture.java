package dev.vertxmicro.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.EndpointInfo;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.RegistryTraits;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Value;
import dev.vertxmicro.testkit.recording.RecordingWatcher;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What the contract suites of registries stand on. A subclass makes the registry; it is made anew for each test, and closed after
 * it.
 *
 * <p>Names are unique per test, so that a backend may be shared. Nodes have literal IP addresses.
 */
public abstract class RegistryFixture {
    static final Duration TTL = Duration.ofSeconds(60);

    final String prefix = "contract" + UUID.randomUUID().toString().substring(0, 8);
    final String name = prefix + "-greeter";
    Registry registry = Registry.inMemory(Timers.manual());
    Registry peer = registry;

    /** For subclasses. */
    protected RegistryFixture() {}

    /**
     * Makes the registry under test.
     *
     * @return a fresh registry
     */
    protected abstract Registry registry();

    /**
     * Makes a second registry that shares the backend of the first, as another process would.
     *
     * @param first the registry under test
     * @return the second; the first itself where a backend belongs to one object
     */
    protected Registry peer(Registry first) {
        return first;
    }

    /**
     * Lets time pass where time is held by the test. Does nothing where time is real.
     *
     * @param time how much
     */
    protected void pass(Duration time) {}

    /**
     * Gives the shortest time to live that the backend takes.
     *
     * @return 1 s unless overridden
     */
    protected Duration shortestTtl() {
        return Duration.ofSeconds(1);
    }

    /**
     * Gives the Vert.x of an adapter, on whose contexts callbacks must run.
     *
     * @return empty for what is not an adapter
     */
    protected Optional<Vertx> vertx() {
        return Optional.empty();
    }

    @BeforeEach
    void makeRegistries() {
        registry = registry();
        peer = peer(registry);
    }

    @AfterEach
    void closeRegistries() {
        await(Future.join(registry.close(), peer.close()));
    }

    /** Waits until the other has heard of so many nodes, where that takes its time; else it must find them at once. */
    Runnable othersTold(int nodes) {
        if (registry.traits().visibleWithin().compareTo(RegistryTraits.FULL.visibleWithin()) <= 0) {
            return () -> {};
        }
        RecordingWatcher changes = watch(peer);
        return () -> {
            for (int i = 0; i < nodes; i++) {
                assertThat(changes.next().action()).isEqualTo(Action.CREATE);
            }
        };
    }

    static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    RecordingWatcher watch(Registry watched) {
        RecordingWatcher changes = RecordingWatcher.of(prefix);
        await(watched.watch(changes));
        return changes;
    }

    RegistryChange change(Action action, Node node) {
        return new RegistryChange(action, service("1.0.0", node));
    }

    ServiceInfo service(String version, Node... nodes) {
        Value text = new Value("name", "string", List.of());
        Value request = new Value("HelloRequest", "HelloRequest", List.of(text));
        EndpointInfo hello =
                new EndpointInfo("Greeter.Hello", Optional.of(request), Optional.empty(), Map.of("stream", "true"));
        return new ServiceInfo(name, version, Map.of(), List.of(hello), List.of(nodes));
    }

    static ServiceInfo named(String other, Node node) {
        return new ServiceInfo(other, "1.0.0", Map.of(), List.of(), List.of(node));
    }

    Node node(String id, int port) {
        return new Node(id(id), "127.0.0.1:" + port, Map.of("protocol", "mucp", "zone", "a"));
    }

    String id(String id) {
        return name + "-" + id;
    }

    static MicroException failure(Future<?> future) {
        Throwable failure = catchThrowable(() -> await(future));
        assertThat(failure).isInstanceOf(MicroException.class);
        return (MicroException) failure;
    }

    /**
     * Waits for a future.
     *
     * @param <T>    type of its result
     * @param future the future
     * @return its result
     * @throws AssertionError if it takes longer than 20 s; whatever it fails with otherwise
     */
    protected static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new AssertionError(e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("no result within 20 s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
