package dev.vertxmicro.registry.multi;

import static dev.vertxmicro.testkit.recording.Await.failure;
import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MultiReadsTest extends MultiFixture {

    @Test
    void findsWhatAnyKnowsAndOfWhatTwoKnowWhatTheFirstSays() {
        result(old.register(greeter(node("g2", "old")), TTL));
        result(fresh.register(greeter(node("g1", "fresh"), node("g2", "fresh")), TTL));
        result(fresh.register(service("shop", node("s1")), TTL));
        assertThat(result(multi.get("greeter"))).containsExactly(greeter(node("g1", "fresh"), node("g2", "old")));
        assertThat(result(multi.list())).containsExactly("greeter", "shop");
        assertThat(result(multi.get("nobody"))).isEmpty();
    }

    @Test
    void takesANodeForOneThoughItHasAnotherVersionElsewhere() {
        ServiceInfo elsewhere =
                new ServiceInfo("greeter", "2.0.0", Map.of(), List.of(), List.of(node("g1"), node("g3")));
        assertThat(Precedence.merged(List.of(List.of(greeter(node("g1"))), List.of(elsewhere))))
                .containsExactly(greeter(node("g1")), elsewhere.withNodes(List.of(node("g3"))));
        assertThat(Precedence.merged(List.of())).isEmpty();
    }

    @Test
    void answersWithoutTheOneThatIsAwayWhereOthersKnowSomething() {
        result(old.register(greeter(node("g1")), TTL));
        fresh.fail(500, "away");
        try (RecordedLogs logs = RecordedLogs.of(Member.class)) {
            assertThat(result(multi.get("greeter"))).containsExactly(greeter(node("g1")));
            assertThat(logs.all()).containsExactly("registry multi: looked for greeter without fresh: away");
        }
        assertThat(result(multi.list())).containsExactly("greeter");
    }

    @Test
    void doesNotTakeForNothingWhatOneThatIsAwayMayKnow() {
        fresh.fail(503, "away");
        MicroException unsure = failure(multi.get("greeter"));
        assertThat(unsure.code()).isEqualTo(503);
        assertThat(unsure.detail()).isEqualTo("fresh: away");
        assertThat(failure(multi.list()).code()).isEqualTo(503);
    }

    @Test
    void takesOneThatRefusesForOneThatKnowsNothing() {
        fresh.fail(400, "cannot list");
        assertThat(result(multi.list())).isEmpty();
        assertThat(result(multi.get("greeter"))).isEmpty();
        old.fail(400, "nor I");
        assertThat(failure(multi.list()).code()).isEqualTo(400);
    }

    @Test
    void isHeldUpByTheSlowestForThePatienceOnly() {
        result(old.register(greeter(node("g1")), TTL));
        fresh.hang();
        long begin = System.nanoTime();
        assertThat(result(multi.get("greeter"))).containsExactly(greeter(node("g1")));
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(PATIENCE.minusMillis(5), PATIENCE.plusSeconds(2));
    }

    @Test
    void takesTheFirstAnswerThatComesWhenThePatienceIsOver() {
        result(fresh.register(greeter(node("g1")), TTL));
        old.hang();
        fresh.hang();
        vertx.setTimer(PATIENCE.multipliedBy(3).toMillis(), later -> fresh.recover());
        assertThat(result(multi.get("greeter"))).containsExactly(greeter(node("g1")));
    }

    @Test
    void remembersWhatOneThatIsAwayToldThoseWhoWatch() {
        result(old.register(greeter(node("g1")), TTL));
        result(fresh.register(greeter(node("g2")), TTL));
        result(fresh.register(service("shop", node("s1")), TTL));
        result(multi.watch("greeter", change -> {}));
        fresh.fail(500, "away");
        assertThat(result(multi.get("greeter"))).containsExactly(greeter(node("g1"), node("g2")));
        assertThat(failure(multi.get("shop")).code()).isEqualTo(500);
        fresh.recover();
        result(multi.watch(change -> {}));
        fresh.fail(500, "away");
        assertThat(result(multi.get("shop"))).containsExactly(service("shop", node("s1")));
    }
}
