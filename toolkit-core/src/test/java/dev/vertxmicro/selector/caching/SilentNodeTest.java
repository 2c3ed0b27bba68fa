package dev.vertxmicro.selector.caching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.selector.EjectionOptions;
import dev.vertxmicro.selector.Outcome;
import dev.vertxmicro.selector.Selection;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.time.ManualTimers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nodes that say nothing while others answer. */
class SilentNodeTest {
    private static final Duration MILLI = Duration.ofMillis(1);

    private final WatchedNodes nodes = new WatchedNodes();
    private final ManualTimers timers = nodes.timers;
    private final Set<String> dead = nodes.dead;
    private final Selector selector = nodes.selector(EjectionOptions.DEFAULTS);

    private final List<Running> running = new ArrayList<>();
    private int failed;

    /** A call that runs, and when it is answered or its time is over. */
    private record Running(Selection selection, Node node, long answered, long expires) {}

    private void register(int count) {
        nodes.register(count);
    }

    private Selection select() {
        return WatchedNodes.select(selector);
    }

    private int share(String id) {
        return nodes.share(selector, id);
    }

    /** Calls, one a millisecond, each answered after 2 ms, or failed after 5 s; those of a node that is stopped wait. */
    private void call(Duration time, String stopped) {
        for (long i = 0; i < time.toMillis(); i++) {
            Selection selection = select();
            long now = timers.nanoTime();
            running.add(new Running(selection, selection.next(), now + 2_000_000, now + 5_000_000_000L));
            timers.advance(MILLI);
            for (Running call : List.copyOf(running)) {
                boolean over = timers.nanoTime() - call.expires() >= 0;
                boolean answered = timers.nanoTime() - call.answered() >= 0
                        && !call.node().id().equals(stopped);
                if (over || answered) {
                    running.remove(call);
                    call.selection().done(call.node(), over ? Outcome.TIMED_OUT : Outcome.ANSWERED);
                    failed += over ? 1 : 0;
                }
            }
        }
    }

    @Test
    void passesANodeOverThatIsStoppedAfterTenCallsAndUsesItAgainWhenItGoesOn() {
        register(3);
        call(Duration.ofSeconds(3), "");
        dead.add("n1:1");
        call(Duration.ofSeconds(20), "n1");
        assertThat(failed).as("failed calls").isLessThanOrEqualTo(10);
        dead.clear();
        call(Duration.ofSeconds(15), "");
        assertThat(selector.ejected("greeter")).isEmpty();
        call(Duration.ofSeconds(6), "");
        assertThat(failed).isLessThanOrEqualTo(10);
        assertThat(share("n1")).isBetween(250, 420);
    }

    @Test
    void losesNoMoreWhereAnAnswerWasSlowAMomentBefore() {
        register(3);
        Selection slow = select();
        Node slowNode = slow.next();
        call(Duration.ofSeconds(1), "");
        slow.done(slowNode, Outcome.ANSWERED);
        call(Duration.ofMillis(30), "");
        call(Duration.ofSeconds(6), "n1");
        assertThat(failed).as("failed calls").isLessThanOrEqualTo(10);
    }

    @Test
    void usesANodeAgainTheInstantItAnswers() {
        register(3);
        call(Duration.ofSeconds(3), "");
        call(Duration.ofSeconds(1), "n1");
        assertThat(selector.ejected("greeter")).extracting(Node::id).containsExactly("n1");
        call(Duration.ofMillis(2), "");
        assertThat(selector.ejected("greeter")).isEmpty();
        assertThat(failed).isZero();
        assertThat(selector.ejections()).isZero();
    }

    @Test
    void suspectsNobodyWhenAllAreSilent() {
        register(3);
        call(Duration.ofSeconds(1), "");
        for (int i = 0; i < 100; i++) {
            select().next();
        }
        timers.advance(Duration.ofSeconds(10));
        select().next();
        assertThat(selector.ejected("greeter")).isEmpty();
    }
}
