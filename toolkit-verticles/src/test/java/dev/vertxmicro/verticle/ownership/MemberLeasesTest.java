package dev.vertxmicro.verticle.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.engine.eventbus.Presence;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Three that inherit from each other, each with its own clock; who is not pulsed hangs. */
class MemberLeasesTest {
    private static final Duration CHECK = Duration.ofSeconds(2);
    private static final LeaseTerms TERMS = LeaseTerms.of(CHECK, true);

    private final FakeHolders map = new FakeHolders();
    private final Member a = new Member("a");
    private final Member b = new Member("b");
    private final Member c = new Member("c");

    private final class Member implements MemberLeases.Holdings {
        final ManualTimers timers = Timers.manual();
        final List<String> seen = new ArrayList<>();
        final MemberLeases leases;
        boolean refusing;

        Member(String id) {
            leases = new MemberLeases(
                    map.map(),
                    id,
                    TERMS,
                    new Presence(FakeHolders.silent(), CHECK, timers),
                    timers,
                    member -> member,
                    this);
        }

        @Override
        public Future<Void> inherit(String gone) {
            seen.add((refusing ? "tries " : "inherits from ") + gone);
            return refusing ? Future.failedFuture("not now") : Future.succeededFuture();
        }

        @Override
        public void suspend() {
            seen.add("suspends");
        }

        @Override
        public void resume() {
            seen.add("resumes");
        }

        @Override
        public Future<Void> reconcile() {
            assertThat(leases.lease().holds()).isFalse();
            seen.add("reconciles");
            return Future.succeededFuture();
        }

        void pulse() {
            leases.renew();
            leases.round();
        }
    }

    private void join(Member... members) {
        for (Member member : members) {
            member.leases.join();
        }
    }

    private void pass(Duration time, Member... running) {
        for (Duration gone = Duration.ZERO; gone.compareTo(time) < 0; gone = gone.plus(TERMS.pulse())) {
            for (Member member : List.of(a, b, c)) {
                member.timers.advance(TERMS.pulse());
            }
            for (Member member : running) {
                member.pulse();
            }
        }
    }

    @Test
    void nobodyInheritsFromWhoIsThere() {
        join(a, b, c);
        pass(Duration.ofMinutes(1), a, b, c);
        assertThat(a.seen).isEmpty();
        assertThat(b.seen).isEmpty();
        assertThat(a.leases.lease().holds()).isTrue();
        assertThat(a.leases.others().result()).containsExactlyInAnyOrder("b", "c");
    }

    @Test
    void oneInheritsFromWhoHangsAfterItsLeaseAndWithinThreeChecks() {
        join(a, b, c);
        pass(Duration.ofSeconds(4), a, b, c);
        pass(TERMS.length(), b, c);
        assertThat(a.leases.lease().holds()).isFalse();
        assertThat(b.seen.size() + c.seen.size()).isZero();
        pass(CHECK.multipliedBy(3).minus(TERMS.length()), b, c);
        assertThat(List.of(b.seen, c.seen)).containsExactlyInAnyOrder(List.of("inherits from a"), List.of());
        assertThat(b.leases.others().result()).containsExactly("c");
    }

    @Test
    void whoWakesUpLetsGoOfWhatIsAnothersAndJoinsAnew() {
        join(a, b);
        pass(Duration.ofSeconds(20), b);
        assertThat(b.seen).containsExactly("inherits from a");
        Lease before = a.leases.lease();
        Future<Void> waits = before.inForce();
        a.pulse();
        assertThat(a.seen).containsExactly("suspends", "reconciles", "resumes");
        assertThat(waits.failed()).isTrue();
        assertThat(a.leases.lease().epoch()).isGreaterThan(before.epoch());
        pass(Duration.ofSeconds(20), a, b);
        assertThat(a.leases.lease().holds()).isTrue();
        assertThat(a.leases.others().result()).containsExactly("b");
        assertThat(b.leases.others().result()).containsExactly("a");
        pass(Duration.ofSeconds(20), b);
        assertThat(b.seen).containsExactly("inherits from a", "inherits from a");
    }

    @Test
    void whoFindsTheMapAsItWasBeforeLooksWhatIsItsOwn() {
        join(a, b);
        pass(Duration.ofSeconds(2), a, b);
        String before = String.valueOf(map.entries.get("a"));
        pass(Duration.ofSeconds(2), a, b);
        // A split cluster has healed, and the other part's entries have won.
        map.entries.put("a", before);
        pass(TERMS.pulse(), a);
        assertThat(a.seen).containsExactly("suspends", "reconciles", "resumes");
        pass(Duration.ofSeconds(10), a, b);
        assertThat(a.seen).hasSize(3);
        assertThat(a.leases.lease().holds()).isTrue();
    }

    @Test
    void whoWakesUpAloneGoesOnWhenItHasRecovered() {
        join(a);
        pass(Duration.ofSeconds(20));
        a.pulse();
        assertThat(a.leases.lease().holds()).isFalse();
        pass(TERMS.recovery().plus(TERMS.pulse()), a);
        assertThat(a.leases.lease().holds()).isTrue();
        assertThat(a.seen).isEmpty();
    }

    @Test
    void whatCouldNotBeInheritedIsTriedAgain() {
        join(a, b);
        b.refusing = true;
        pass(Duration.ofSeconds(8), b);
        assertThat(b.seen).contains("tries a").doesNotContain("inherits from a");
        b.refusing = false;
        pass(Duration.ofSeconds(10), b);
        assertThat(b.seen).filteredOn("inherits from a"::equals).hasSize(1);
    }

    @Test
    void whatAnHeirLeftUndoneIsInheritedWithIt() {
        join(a, b, c);
        b.refusing = true;
        pass(Duration.ofSeconds(8), b);
        pass(Duration.ofSeconds(20), c);
        assertThat(c.seen).contains("inherits from a", "inherits from b");
    }

    @Test
    void whoIsNotComingBackIsForgotten() {
        join(a, b);
        pass(Duration.ofSeconds(8), b);
        assertThat(map.entries).containsKey("a");
        b.timers.advance(Duration.ofHours(1));
        pass(TERMS.recovery().plus(CHECK), b);
        assertThat(map.entries).containsOnlyKeys("b");
    }
}
