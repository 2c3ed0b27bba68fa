package dev.vertxmicro.engine.eventbus.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerWatchTest {
    private final ManualTimers timers = Timers.manual();
    private final List<String> asked = new ArrayList<>();
    private final List<MicroException> lost = new ArrayList<>();
    private boolean there = true;
    private String nonce = "";
    private List<PeerWatch.Watcher> listed = List.of();
    private final PeerWatch watch = new PeerWatch(timers, (address, question, open) -> {
        asked.add(address);
        nonce = question;
        listed = open;
        return there ? Future.succeededFuture() : Future.failedFuture("nobody");
    });

    @Test
    void asksWhileSomethingIsOpenAndNotAfter() {
        PeerWatch.Watcher one = lost::add;
        watch.add("peer", one);
        timers.advance(Duration.ofSeconds(3));
        assertThat(asked).hasSize(3);
        watch.remove("peer", one);
        timers.advance(Duration.ofSeconds(10));
        assertThat(asked).hasSize(3);
        assertThat(lost).isEmpty();
    }

    @Test
    void losesWhoIsNotThereTwiceInARow() {
        watch.add("peer", lost::add);
        watch.add("peer", lost::add);
        there = false;
        timers.advance(Duration.ofSeconds(1));
        assertThat(lost).isEmpty();
        timers.advance(Duration.ofMillis(125));
        assertThat(lost).hasSize(2).allMatch(why -> why.fault() == Fault.BROKEN);
        timers.advance(Duration.ofSeconds(10));
        assertThat(lost).hasSize(2);
    }

    @Test
    void keepsWhoIsBackTheSecondTime() {
        watch.add("peer", lost::add);
        there = false;
        timers.advance(Duration.ofSeconds(1));
        there = true;
        timers.advance(Duration.ofSeconds(20));
        assertThat(lost).isEmpty();
    }

    @Test
    void losesWhoHasAnsweredAndDoesNoMore() {
        watch.add("peer", lost::add);
        timers.advance(Duration.ofSeconds(1));
        assertThat(watch.answered("peer", nonce)).isTrue();
        timers.advance(Duration.ofSeconds(5));
        assertThat(lost).isEmpty();
        timers.advance(Duration.ofSeconds(1));
        assertThat(lost).hasSize(1);
        assertThat(lost.get(0).detail()).isEqualTo("peer answers nothing");
    }

    @Test
    void keepsWhoNeverAnswersOrSendsSomething() {
        watch.add("busy", lost::add);
        timers.advance(Duration.ofSeconds(1));
        assertThat(watch.answered("busy", nonce)).isTrue();
        watch.add("plain", lost::add);
        for (int i = 0; i < 20; i++) {
            timers.advance(Duration.ofSeconds(1));
            watch.heard("busy");
        }
        assertThat(lost).isEmpty();
    }

    @Test
    void believesNoAnswerToWhatItHasNotAsked() {
        watch.add("peer", lost::add);
        assertThat(watch.answered("peer", "guessed")).isFalse();
        assertThat(watch.answered("peer", null)).isFalse();
        assertThat(watch.answered("stranger", "any")).isFalse();
        timers.advance(Duration.ofSeconds(20));
        assertThat(lost).isEmpty();
    }

    @Test
    void saysWhoWatchesToWhoAnswersAlone() {
        PeerWatch.Watcher one = lost::add;
        watch.add("peer", one);
        timers.advance(Duration.ofSeconds(1));
        assertThat(listed).isEmpty();
        watch.answered("peer", nonce);
        timers.advance(Duration.ofSeconds(1));
        assertThat(listed).containsExactly(one);
    }
}
