package dev.vertxmicro.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import dev.vertxmicro.testkit.recording.CurrentContext;
import dev.vertxmicro.testkit.recording.RecordingWatcher;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What every registry must do. A subclass makes the registry; it is made anew for each test, and closed after it.
 *
 * <p>Names are unique per test, so that a backend may be shared. Nodes have literal IP addresses.
 */
public abstract class RegistryContract extends RegistryFixture {
    private static final int NOTICES = 5;

    /** What a busy machine adds. */
    private static final Duration OF_THE_MACHINE = Duration.ofMillis(50);

    /** For subclasses. */
    protected RegistryContract() {}

    /**
     * Gives how many nodes are registered side by side.
     *
     * @return 20 unless overridden
     */
    protected int crowd() {
        return 20;
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
    void tellsOthersOfANodeThatLeavesWithinItsNoticePeriod() {
        List<Duration> needed = new ArrayList<>();
        for (int i = 0; i < NOTICES; i++) {
            ServiceInfo leaving = service("1.0.0", node("n" + i, 9001 + i));
            Promise<Void> there = Promise.promise();
            Promise<Long> told = Promise.promise();
            Watch watch = await(peer.watch(name, change -> {
                if (change.action() == Action.DELETE) {
                    told.tryComplete(System.nanoTime());
                } else {
                    there.tryComplete();
                }
            }));
            await(registry.register(leaving, TTL));
            await(there.future());
            long left = await(registry.deregister(leaving).map(done -> System.nanoTime()));
            needed.add(Duration.ofNanos(Math.max(0, await(told.future()) - left)));
            watch.close();
        }
        needed.sort(null);
        assertThat(needed.get(NOTICES / 2))
                .as("median of %s", needed)
                .isLessThanOrEqualTo(registry.noticePeriod().plus(OF_THE_MACHINE));
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

    @Test
    void tellsAWatcherOfOneServiceItsChangesOnly() {
        RecordingWatcher changes = RecordingWatcher.of(prefix);
        Watch watch = await(peer.watch(name, changes));
        await(registry.register(named(prefix + "-other", node("o1", 9009)), TTL));
        ToldChanges told = ToldChanges.of(registry, changes);
        await(registry.register(service("1.0.0", node("n1", 9001)), TTL));
        told.expect(change(Action.CREATE, node("n1", 9001)));
        await(registry.deregister(named(prefix + "-other", node("o1", 9009))));
        await(registry.deregister(service("1.0.0", node("n1", 9001))));
        told.expect(change(Action.DELETE, node("n1", 9001)));
        told.end();
        watch.close();
    }

    @Test
    void watchesNoServiceThatItRefusesToFind() {
        String odd = prefix + "..b";
        Future<List<ServiceInfo>> found = registry.get(odd);
        await(found.otherwise(List.of()));
        Future<Watch> watched = registry.watch(odd, change -> {});
        if (found.succeeded()) {
            await(watched).close();
        } else {
            assertThat(failure(watched).code()).isEqualTo(failure(found).code());
        }
    }

    @Test
    void losesNothingBetweenWatchAndGet() {
        List<Future<Void>> registered = new ArrayList<>();
        for (int i = 0; i < crowd(); i++) {
            registered.add(registry.register(service("1.0.0", node("n" + i, 9000 + i)), TTL));
        }
        RecordingWatcher changes = RecordingWatcher.of(prefix);
        Set<String> seen = new HashSet<>();
        List<ServiceInfo> found = await(peer.watch(name, changes).compose(watching -> peer.get(name)));
        found.forEach(service -> service.nodes().forEach(node -> seen.add(node.id())));
        await(Future.join(registered));
        while (seen.size() < crowd()) {
            RegistryChange change = changes.next();
            assertThat(change.action()).isEqualTo(Action.CREATE);
            change.service().nodes().forEach(node -> seen.add(node.id()));
        }
        assertThat(seen).hasSize(crowd());
    }

    @Test
    void takesRegistrationsSideBySide() {
        RecordingWatcher changes = watch(peer);
        List<Future<Void>> registrations = new ArrayList<>();
        for (int i = 0; i < crowd(); i++) {
            registrations.add(registry.register(service("1.0.0", node("n" + i, 9000 + i)), TTL));
        }
        await(Future.join(registrations));
        Set<String> created = new HashSet<>();
        for (int i = 0; i < crowd(); i++) {
            RegistryChange change = changes.next();
            assertThat(change.action()).isEqualTo(Action.CREATE);
            created.add(change.service().nodes().get(0).id());
        }
        assertThat(created).hasSize(crowd());
        assertThat(await(peer.get(name))).singleElement().satisfies(service -> assertThat(service.nodes())
                .hasSize(crowd()));
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
}
