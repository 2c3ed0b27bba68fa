package dev.vertxmicro.registry.multi;

import static dev.vertxmicro.testkit.recording.Await.failure;
import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.testkit.recording.RecordingWatcher;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultiWatchTest extends MultiFixture {
    private final RecordingWatcher changes = RecordingWatcher.of("greeter");

    private Watch watch(boolean one) {
        return result(one ? multi.watch("greeter", changes) : multi.watch(changes));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tellsANodeOnceAndGoneWhenItIsGoneEverywhere(boolean one) {
        watch(one);
        result(old.register(greeter(node("g1")), TTL));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, node("g1")));
        result(fresh.register(greeter(node("g1")), TTL));
        result(old.deregister(greeter(node("g1"))));
        result(fresh.register(greeter(node("g2")), TTL));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, node("g2")));
        result(fresh.deregister(greeter(node("g1"))));
        assertThat(changes.next()).isEqualTo(change(Action.DELETE, node("g1")));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tellsNobodyOfWhatWasThereBefore(boolean one) {
        result(old.register(greeter(node("g1")), TTL));
        watch(one);
        result(fresh.register(greeter(node("g1")), TTL));
        result(fresh.register(greeter(node("g2")), TTL));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, node("g2")));
        result(old.deregister(greeter(node("g1"))));
        result(fresh.deregister(greeter(node("g1"))));
        assertThat(changes.next()).isEqualTo(change(Action.DELETE, node("g1")));
    }

    @Test
    void tellsAnUpdateWhenTheFirstThatKnowsTheNodeSaysSo() {
        watch(true);
        result(multi.register(greeter(node("g1", "a")), TTL));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, node("g1", "a")));
        result(fresh.register(greeter(node("g1", "b")), TTL));
        result(old.register(greeter(node("g1", "c")), TTL));
        assertThat(changes.next()).isEqualTo(change(Action.UPDATE, node("g1", "c")));
        result(old.deregister(greeter(node("g1"))));
        result(fresh.register(greeter(node("g1", "d")), TTL));
        assertThat(changes.next()).isEqualTo(change(Action.UPDATE, node("g1", "d")));
    }

    @Test
    void tellsANodeInItsNewVersionOnly() {
        watch(false);
        ServiceInfo other = new ServiceInfo("greeter", "2.0.0", Map.of(), List.of(), List.of(node("g1")));
        result(fresh.register(other, TTL));
        assertThat(changes.next()).isEqualTo(new RegistryChange(Action.CREATE, other));
        result(old.register(greeter(node("g1")), TTL));
        assertThat(changes.next()).isEqualTo(new RegistryChange(Action.DELETE, other));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, node("g1")));
        result(old.deregister(greeter(node("g1"))));
        result(fresh.deregister(other));
        assertThat(changes.next()).isEqualTo(change(Action.DELETE, node("g1")));
    }

    @Test
    void beginsWithoutTheOneThatIsAwayAndTellsWhatItKnowsWhenItIsBack() {
        result(fresh.register(greeter(node("g1")), TTL));
        fresh.fail(500, "away");
        watch(true);
        result(old.register(greeter(node("g2")), TTL));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, node("g2")));
        fresh.recover();
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, node("g1")));
        result(fresh.deregister(greeter(node("g1"))));
        assertThat(changes.next()).isEqualTo(change(Action.DELETE, node("g1")));
    }

    @Test
    void beginsWithoutTheOneThatHangs() {
        fresh.hang();
        watch(false);
        result(old.register(greeter(node("g1")), TTL));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, node("g1")));
        fresh.recover();
        result(multi.list());
        result(fresh.register(greeter(node("g2")), TTL));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, node("g2")));
    }

    @Test
    void tellsWhoCannotWaitWhatIsKnownSoFar() {
        result(old.register(greeter(node("g1")), TTL));
        fresh.hang();
        Recording<List<ServiceInfo>> soFar = new Recording<>();
        Future<Watch> watched = multi.watch("greeter", changes, soFar);
        assertThat(soFar.next()).containsExactly(greeter(node("g1")));
        assertThat(watched.isComplete()).isFalse();
        result(watched);
        result(old.register(greeter(node("g2")), TTL));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, node("g2")));
        assertThat(soFar.isEmpty()).isTrue();
    }

    @Test
    void failsWhereNoneCanBeWatched() {
        old.fail(400, "no");
        fresh.fail(500, "away");
        assertThat(failure(multi.watch(changes)).detail()).isEqualTo("old: no; fresh: away");
        old.recover();
        fresh.recover();
        watch(false);
        result(multi.register(greeter(node("g1")), TTL));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, node("g1")));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void goesOnThoughOneNameIsRefused(boolean one) {
        result(fresh.register(greeter(node("g1")), TTL));
        result(fresh.register(service("shop", node("s1")), TTL));
        fresh.refuse(one ? "greeter" : "shop");
        try (RecordedLogs logs = RecordedLogs.of(Member.class)) {
            watch(one);
            assertThat(logs.all())
                    .containsExactly(
                            "registry multi: " + (one ? "greeter" : "shop") + " watched without fresh: name: too long");
        }
        result(fresh.register(greeter(node("g2")), TTL));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, node("g2")));
        result(fresh.deregister(greeter(node("g2"))));
        assertThat(changes.next()).isEqualTo(change(Action.DELETE, node("g2")));
    }

    @Test
    void sharesOneWatchAndEndsItWithTheLastWhoWatches() {
        Watch first = watch(true);
        RecordingWatcher others = RecordingWatcher.of("greeter");
        Watch second = result(multi.watch("greeter", others));
        assertThat(old.calls.stream().filter("watch"::equals)).hasSize(1);
        first.close();
        result(multi.register(greeter(node("g1")), TTL));
        assertThat(others.next()).isEqualTo(change(Action.CREATE, node("g1")));
        second.close();
        second.close();
        result(multi.list());
        watch(true);
        assertThat(old.calls.stream().filter("watch"::equals)).hasSize(2);
    }

    @Test
    void looksUpAThousandServicesThatWereThereBefore() {
        IntStream.range(0, 1_000).forEach(i -> result(old.register(service("greeter" + i, node("g")), TTL)));
        watch(false);
        result(fresh.register(service("greeter7", node("g")), TTL));
        result(fresh.register(service("greeter8", node("h")), TTL));
        assertThat(changes.next().service()).isEqualTo(service("greeter8", node("h")));
    }

    /** Whatever happens in which of them, what was told is in the end what is there. */
    @Test
    void hasToldInTheEndWhatIsThere() {
        SplittableRandom random = new SplittableRandom(7);
        Set<String> told = new HashSet<>();
        watch(true);
        for (int i = 0; i < 500; i++) {
            Registry one = random.nextBoolean() ? old : fresh;
            var service = greeter(node("g" + random.nextInt(5)));
            result(random.nextBoolean() ? one.register(service, TTL) : one.deregister(service));
        }
        result(multi.register(greeter(node("last")), TTL));
        List<RegistryChange> all = new ArrayList<>();
        do {
            RegistryChange change = changes.next();
            all.add(change);
            change.service().nodes().forEach(node -> follow(told, change.action(), node.id()));
        } while (!told.contains("last"));
        Set<String> there = new HashSet<>();
        result(multi.get("greeter")).forEach(version -> version.nodes().forEach(node -> there.add(node.id())));
        assertThat(told).as("after %s", all).isEqualTo(there);
    }

    private static void follow(Set<String> told, Action action, String id) {
        if (action == Action.DELETE) {
            assertThat(told.remove(id)).as("%s was there", id).isTrue();
        } else {
            assertThat(told.add(id)).as("%s was not there", id).isEqualTo(action == Action.CREATE);
        }
    }
}
