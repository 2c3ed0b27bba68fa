package dev.vertxmicro.registry.multi;

import static dev.vertxmicro.testkit.recording.Await.failure;
import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Heartbeat;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import dev.vertxmicro.testkit.recording.RecordingWatcher;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MultiWritesTest extends MultiFixture {
    private static final ServiceInfo SERVICE = greeter(node("g1"));

    @Test
    void registersInEachAndTakesBackFromEach() {
        result(multi.register(SERVICE, TTL));
        assertThat(result(old.get("greeter"))).containsExactly(SERVICE);
        assertThat(result(fresh.get("greeter"))).containsExactly(SERVICE);
        result(multi.deregister(SERVICE));
        assertThat(result(old.get("greeter"))).isEmpty();
        assertThat(result(fresh.get("greeter"))).isEmpty();
    }

    @Test
    void tellsOfTheOneThatFailsAndTheHeartbeatRepeatsIt() {
        RecordingWatcher there = RecordingWatcher.of("greeter");
        result(fresh.watch(there));
        fresh.fail(500, "away");
        ManualTimers timers = Timers.manual();
        Heartbeat heartbeat = new Heartbeat(multi, SERVICE, TTL, Duration.ofSeconds(30), timers);
        try (RecordedLogs logs = RecordedLogs.of(Member.class)) {
            result(heartbeat.startRequired());
            assertThat(logs.next())
                    .isEqualTo(
                            "registry multi: greeter not registered in fresh, tried again at its next renewal: away");
            assertThat(result(old.get("greeter"))).containsExactly(SERVICE);
            fresh.recover();
            timers.advance(Duration.ofSeconds(30));
            assertThat(there.next().service()).isEqualTo(SERVICE);
            assertThat(logs.next()).startsWith("registry multi: fresh takes registrations, back after ");
        }
        result(heartbeat.stop());
        assertThat(result(fresh.get("greeter"))).isEmpty();
    }

    @Test
    void isHeldUpByTheSlowestForThePatienceOnly() {
        fresh.hang();
        long begin = System.nanoTime();
        result(multi.register(SERVICE, TTL));
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(PATIENCE.minusMillis(5), PATIENCE.plusSeconds(2));
        RecordingWatcher there = RecordingWatcher.of("greeter");
        fresh.recover();
        result(fresh.watch(there));
        assertThat(result(fresh.get("greeter"))).containsExactly(SERVICE);
    }

    @Test
    void waitsForTheSlowestWhereNoOtherTakesIt() {
        old.fail(500, "away");
        fresh.hang();
        Future<Void> registered = multi.register(SERVICE, TTL);
        vertx.setTimer(PATIENCE.multipliedBy(3).toMillis(), later -> fresh.recover());
        result(registered);
        assertThat(result(fresh.get("greeter"))).containsExactly(SERVICE);
    }

    @Test
    void failsWhereAllFail() {
        old.fail(500, "old at a:1: refused");
        fresh.fail(503, "b:2 not reached");
        MicroException away = failure(multi.register(SERVICE, TTL));
        assertThat(away.code()).isEqualTo(500);
        assertThat(away.detail()).isEqualTo("old at a:1: refused; fresh: b:2 not reached");
        old.fail(400, "no");
        fresh.fail(400, "never");
        MicroException refused = failure(multi.register(SERVICE, TTL));
        assertThat(refused.code()).isEqualTo(400);
        assertThat(refused.detail()).isEqualTo("old: no; fresh: never");
        assertThat(failure(multi.deregister(SERVICE)).code()).isEqualTo(400);
    }

    @Test
    void takesBackWhatASlowRenewalWouldBringBack() {
        fresh.hang();
        result(multi.register(SERVICE, TTL));
        result(multi.deregister(SERVICE));
        assertThat(fresh.calls).containsExactly("register");
        fresh.recover();
        result(multi.list()); // on the same context, after what follows the answer
        assertThat(fresh.calls).startsWith("register", "deregister");
        assertThat(result(fresh.get("greeter"))).isEmpty();
    }

    @Test
    void asksAgainOnceHoweverManyRenewalsWait() {
        ManualTimers timers = Timers.manual();
        TroubledRegistry slow = new TroubledRegistry(Registry.inMemory(timers));
        Member member = new Member("slow", slow, true, timers);
        slow.hang();
        List<Future<Void>> renewals =
                List.of(member.register(SERVICE, TTL), member.register(SERVICE, TTL), member.register(SERVICE, TTL));
        assertThat(slow.calls).containsExactly("register");
        slow.recover();
        assertThat(renewals).allMatch(Future::succeeded);
        assertThat(slow.calls).containsExactly("register", "register");
    }

    @Test
    void endsWhatIsNeverAnswered() {
        ManualTimers timers = Timers.manual();
        TroubledRegistry hanging = new TroubledRegistry(Registry.inMemory(timers));
        hanging.hang();
        Member member = new Member("slow", hanging, true, timers);
        Future<Void> first = member.register(SERVICE, TTL);
        Future<Void> second = member.register(SERVICE, TTL);
        timers.advance(Member.LONGEST);
        assertThat(failure(first).detail()).isEqualTo("slow: no answer within 30 s");
        assertThat(second.isComplete()).isFalse();
        timers.advance(Member.LONGEST);
        assertThat(failure(second).code()).isEqualTo(500);
        slowIsForgotten(member, hanging);
    }

    private static void slowIsForgotten(Member member, TroubledRegistry hanging) {
        hanging.recover();
        assertThat(member.register(SERVICE, TTL).succeeded()).isTrue();
    }

    @Test
    void takesBackARegistrationThatComesAboutWhenNobodyWaitsForItAnyMore() {
        ManualTimers timers = Timers.manual();
        TroubledRegistry slow = new TroubledRegistry(Registry.inMemory(timers));
        Member member = new Member("slow", slow, true, timers);
        List<Runnable> ends = List.of(() -> {}, () -> member.register(SERVICE, TTL));
        for (Runnable end : ends) {
            slow.hang();
            Future<Void> registered = member.register(SERVICE, TTL);
            Future<Void> ended = member.deregister(SERVICE); // waits for its turn
            timers.advance(Member.LONGEST);
            assertThat(registered.failed()).isTrue();
            slow.answerLast(); // the deregistration overtakes what it was to end
            assertThat(ended.succeeded()).isTrue();
            end.run();
            slow.recover();
            assertThat(result(slow.get("greeter"))).hasSize(ends.indexOf(end));
            result(member.deregister(SERVICE));
            assertThat(result(slow.get("greeter"))).isEmpty();
        }
    }

    @Test
    void doesNotTakeBackARegistrationThatIsLateButHolds() {
        ManualTimers timers = Timers.manual();
        TroubledRegistry slow = new TroubledRegistry(Registry.inMemory(timers));
        Member member = new Member("slow", slow, true, timers);
        slow.hang();
        member.register(SERVICE, TTL);
        timers.advance(Member.LONGEST);
        slow.recover();
        assertThat(slow.calls).containsExactly("register");
        assertThat(result(slow.get("greeter"))).containsExactly(SERVICE);
    }

    @Test
    void registersNothingInWhatIsReadOnly() {
        MultiRegistry reading = MultiRegistry.create(vertx, options.withReadOnly("old"), List.of(old, fresh));
        result(reading.register(SERVICE, TTL));
        assertThat(old.calls).isEmpty();
        assertThat(result(reading.get("greeter"))).containsExactly(SERVICE);
        MultiRegistry neither = MultiRegistry.create(vertx, options.withReadOnly("old", "fresh"), List.of(old, fresh));
        assertThat(failure(neither.register(SERVICE, TTL)).code()).isEqualTo(400);
        assertThat(failure(multi.register(greeter(), TTL)).code()).isEqualTo(400);
    }

    @Test
    void hasARegistryForEachName() {
        assertThatThrownBy(() -> MultiRegistry.create(vertx, options, List.of(old)))
                .hasMessage("registries: 1 (expected: 2, old, fresh)");
        assertThat(multi.members()).containsExactly(old, fresh);
    }
}
