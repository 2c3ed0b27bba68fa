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
import dev.vertxmicro.registry.Watch;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
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
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every registry must do. A subclass makes the registry; it is made anew for each test, and closed after it.
 *
 * <p>Names are unique per test, so that a backend may be shared. Nodes have literal IP addresses.
 */
public abstract class RegistryContract {
    private static final Duration TTL = Duration.ofSeconds(60);

    private final String prefix = "contract" + UUID.randomUUID().toString().substring(0, 8);
    private final String name = prefix + "-greeter";
    private Registry registry = Registry.inMemory(dev.vertxmicro.time.Timers.manual());
    private Registry peer = registry;

    /** For subclasses. */
    protected RegistryContract() {}

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

    @Test
    void findsWhatIsRegistered() {
        ServiceInfo service = service("1.0.0", node("n1", 9001));
        Runnable told = othersTold(1);
        await(registry.register(service, TTL));
        told.run();
        assertThat(await(registry.get(name))).containsExactly(service);
        assertThat(await(peer.get(name))).containsExactly(service);
        assertThat(await(peer.list())).contains(name);
    }

    @Test
    void findsNothingUnderAnUnknownName() {
        assertThat(await(registry.get(prefix + "-nobody"))).isEmpty();
    }

    @Test
    void listsNamesSorted() {
        Runnable told = othersTold(2);
        await(registry.register(named(prefix + "-b", node("b1", 1)), TTL));
        await(registry.register(named(prefix + "-a", node("a1", 2)), TTL));
        told.run();
        assertThat(await(peer.list())).isSorted().contains(prefix + "-a", prefix + "-b");
    }

    @Test
    void listsEachVersionApart() {
        Runnable told = othersTold(3);
        await(registry.register(service("1.0.0", node("n1", 9001), node("n2", 9002)), TTL));
        await(registry.register(service("2.0.0", node("n3", 9003)), TTL));
        told.run();
        assertThat(await(peer.get(name)))
                .containsExactly(
                        service("1.0.0", node("n1", 9001), node("n2", 9002)), service("2.0.0", node("n3", 9003)));
    }

    @Test
    void replacesWhatIsRegisteredAgain() {
        RecordingWatcher changes = watch(peer);
        ServiceInfo changed = service("1.0.0", new Node(id("n1"), "127.0.0.1:9001", Map.of("zone", "b")));
        ToldChanges told = ToldChanges.of(registry, changes);
        await(registry.register(service("1.0.0", node("n1", 9001)), TTL));
        told.expect(change(Action.CREATE, node("n1", 9001)));
        await(registry.register(changed, TTL));
        told.expect(new RegistryChange(Action.UPDATE, changed));
        told.end();
        assertThat(await(peer.get(name))).containsExactly(changed);
    }

    @Test
    void tellsNobodyOfARenewal() {
        RecordingWatcher changes = watch(peer);
        await(registry.register(service("1.0.0", node("n1", 9001)), TTL));
        await(registry.register(service("1.0.0", node("n1", 9001)), TTL));
        await(registry.register(service("1.0.0", node("n2", 9002)), TTL));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, node("n1", 9001)));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, node("n2", 9002)));
    }

    @Test
    void tellsChangesInOrder() {
        RecordingWatcher changes = watch(peer);
        ToldChanges told = ToldChanges.of(registry, changes);
        await(registry.register(service("1.0.0", node("n1", 9001)), TTL));
        told.expect(change(Action.CREATE, node("n1", 9001)));
        await(registry.register(service("1.0.0", node("n2", 9002)), TTL));
        told.expect(change(Action.CREATE, node("n2", 9002)));
        await(registry.deregister(service("1.0.0", node("n1", 9001))));
        told.expect(change(Action.DELETE, node("n1", 9001)));
        await(registry.register(service("1.0.0", node("n2", 9003)), TTL));
        told.expect(change(Action.UPDATE, node("n2", 9003)));
        await(registry.deregister(service("1.0.0", node("n2", 9003))));
        told.expect(change(Action.DELETE, node("n2", 9003)));
        told.end();
        assertThat(await(peer.get(name))).isEmpty();
    }

    @Test
    void tellsWatchersOfItsOwnChanges() {
        RecordingWatcher changes = watch(registry);
        ToldChanges told = ToldChanges.of(registry, changes);
        await(registry.register(service("1.0.0", node("n1", 9001)), TTL));
        told.expect(change(Action.CREATE, node("n1", 9001)));
        await(registry.deregister(service("1.0.0", node("n1", 9001))));
        told.expect(change(Action.DELETE, node("n1", 9001)));
        told.end();
    }

    @Test
    void dropsWhatIsNotRenewed() {
        RecordingWatcher changes = watch(peer);
        await(registry.register(service("1.0.0", node("n1", 9001)), shortestTtl()));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, node("n1", 9001)));
        pass(shortestTtl());
        assertThat(changes.next()).isEqualTo(change(Action.DELETE, node("n1", 9001)));
        assertThat(await(peer.get(name))).isEmpty();
    }

    @Test
    void takesBackOnlyTheNodesNamed() {
        await(registry.register(service("1.0.0", node("n1", 9001), node("n2", 9002)), TTL));
        await(registry.deregister(service("1.0.0", node("n1", 9001))));
        await(registry.deregister(service("1.0.0", node("never", 9009))));
        assertThat(await(registry.get(name))).containsExactly(service("1.0.0", node("n2", 9002)));
    }

    @Test
    void tellsOthersWithinTheTimeThatItDeclares() {
        RecordingWatcher changes = watch(peer);
        long start = System.nanoTime();
        await(registry.register(service("1.0.0", node("n1", 9001)), TTL));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, node("n1", 9001)));
        assertThat(since(start)).isLessThan(registry.traits().visibleWithin());
        start = System.nanoTime();
        await(registry.deregister(service("1.0.0", node("n1", 9001))));
        assertThat(changes.next()).isEqualTo(change(Action.DELETE, node("n1", 9001)));
        assertThat(since(start)).isLessThan(registry.traits().goneWithin());
    }

    @Test
    void takesAnyAddressOrSaysThatItCannot() {
        ServiceInfo elsewhere = service("1.0.0", new Node(id("n1"), "192.0.2.7:9001", Map.of()));
        if (registry.traits().anyAddress()) {
            await(registry.register(elsewhere, TTL));
            assertThat(await(peer.get(name))).containsExactly(elsewhere);
        } else {
            MicroException refusal = failure(registry.register(elsewhere, TTL));
            assertThat(refusal.code()).isEqualTo(400);
            assertThat(refusal.detail()).contains("192.0.2.7:9001", "(expected: ");
            assertThat(await(registry.get(name))).isEmpty();
        }
    }

    /** Waits until the other has heard of so many nodes, where that takes its time; else it must find them at once. */
    private Runnable othersTold(int nodes) {
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

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void refusesAServiceWithoutNodes() {
        assertThat(failure(registry.register(service("1.0.0"), TTL)).code()).isEqualTo(400);
    }

    @Test
    void tellsAClosedWatchNothing() {
        RecordingWatcher closed = RecordingWatcher.of(prefix);
        Watch watch = await(registry.watch(closed));
        RecordingWatcher open = watch(registry);
        watch.close();
        watch.close();
        await(registry.register(service("1.0.0", node("n1", 9001)), TTL));
        assertThat(open.next().action()).isEqualTo(Action.CREATE);
        assertThat(catchThrowable(() -> closed.handle(change(Action.DELETE, node("marker", 1)))))
                .isNull();
        assertThat(closed.next()).isEqualTo(change(Action.DELETE, node("marker", 1)));
    }

    @Test
    void goesOnAfterAWatcherThatThrows() {
        RecordingWatcher changes = RecordingWatcher.of(prefix);
        await(registry.watch(change -> {
            changes.handle(change);
            throw MicroException.internal("contract", "thrown by the test").withoutStackTrace();
        }));
        await(registry.register(service("1.0.0", node("n1", 9001)), TTL));
        await(registry.register(service("1.0.0", node("n2", 9002)), TTL));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, node("n1", 9001)));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, node("n2", 9002)));
    }

    @Test
    void deregistersWhenItCloses() {
        Assumptions.assumeTrue(peer != registry, "the backend belongs to one object");
        RecordingWatcher changes = watch(peer);
        ToldChanges told = ToldChanges.of(registry, changes);
        await(registry.register(service("1.0.0", node("n1", 9001)), TTL));
        told.expect(change(Action.CREATE, node("n1", 9001)));
        await(registry.close());
        told.expect(change(Action.DELETE, node("n1", 9001)));
        told.end();
        assertThat(await(peer.get(name))).isEmpty();
    }

    @Test
    void failsAfterItWasClosedTwice() {
        await(registry.close());
        await(registry.close());
        ServiceInfo service = service("1.0.0", node("n1", 9001));
        assertThat(failure(registry.register(service, TTL)).code()).isEqualTo(500);
        assertThat(failure(registry.deregister(service)).code()).isEqualTo(500);
        assertThat(failure(registry.get(name)).code()).isEqualTo(500);
        assertThat(failure(registry.list()).code()).isEqualTo(500);
        assertThat(failure(registry.watch(change -> {})).code()).isEqualTo(500);
    }

    @Test
    void callsBackOnTheContextOfTheCaller() {
        Assumptions.assumeTrue(vertx().isPresent(), "not an adapter");
        Context context = vertx().orElseThrow().getOrCreateContext();
        Promise<List<Boolean>> seen = Promise.promise();
        context.runOnContext(start -> onContext(context, seen));
        assertThat(await(seen.future())).containsExactly(true, true, true, true);
    }

    private void onContext(Context context, Promise<List<Boolean>> seen) {
        ServiceInfo service = service("1.0.0", node("n1", 9001));
        Promise<Boolean> watched = Promise.promise();
        Future<Boolean> ready =
                registry.watch(change -> watched.tryComplete(here(context))).map(w -> here(context));
        ready.onSuccess(watching -> {
            Future<Boolean> registered = registry.register(service, TTL).map(done -> here(context));
            Future<Boolean> got = registry.get(name).map(found -> here(context));
            Future.all(registered, got, watched.future())
                    .onSuccess(all -> seen.complete(List.of(
                            watching,
                            registered.result(),
                            got.result(),
                            watched.future().result())))
                    .onFailure(seen::tryFail);
        });
        ready.onFailure(seen::tryFail);
    }

    private boolean here(Context context) {
        return CurrentContext.is(context);
    }

    private RecordingWatcher watch(Registry watched) {
        RecordingWatcher changes = RecordingWatcher.of(prefix);
        await(watched.watch(changes));
        return changes;
    }

    private RegistryChange change(Action action, Node node) {
        return new RegistryChange(action, service("1.0.0", node));
    }

    private ServiceInfo service(String version, Node... nodes) {
        Value text = new Value("name", "string", List.of());
        Value request = new Value("HelloRequest", "HelloRequest", List.of(text));
        EndpointInfo hello =
                new EndpointInfo("Greeter.Hello", Optional.of(request), Optional.empty(), Map.of("stream", "true"));
        return new ServiceInfo(name, version, Map.of(), List.of(hello), List.of(nodes));
    }

    private static ServiceInfo named(String other, Node node) {
        return new ServiceInfo(other, "1.0.0", Map.of(), List.of(), List.of(node));
    }

    private Node node(String id, int port) {
        return new Node(id(id), "127.0.0.1:" + port, Map.of("protocol", "mucp", "zone", "a"));
    }

    private String id(String id) {
        return name + "-" + id;
    }

    private static MicroException failure(Future<?> future) {
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
