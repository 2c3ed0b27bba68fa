package dev.vertxmicro.verticle.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MemberDirectoryTest {
    private static final String NOW = "micro.handler/clock/Clock.Now";
    private static final Duration TICK = Duration.ofMillis(500);

    private final ManualTimers timers = Timers.manual();
    private final Agents line = new Agents();
    private final MemberDirectory directory = new MemberDirectory(line, timers);

    /** Agents that are there, by address, and those that say nothing; a silent one is timed out by the test's time. */
    private final class Agents implements MemberDirectory.Line {
        private final Map<String, Set<String>> there = new HashMap<>();
        private final Set<String> mute = new HashSet<>();
        private final Map<String, Promise<JsonObject>> owed = new HashMap<>();
        private final Map<String, MicroException> givenUp = new HashMap<>();
        private final List<String> asked = new ArrayList<>();
        private int searches;

        @Override
        public Future<JsonObject> ping(String address, JsonObject question) {
            asked.add(address);
            if (mute.contains(address)) {
                Promise<JsonObject> answer = Promise.promise();
                owed.put(address, answer);
                timers.schedule(Duration.ofSeconds(1), () -> answer.tryFail(MicroException.timeout(address, "silent")));
                return answer.future();
            }
            Set<String> handlers = there.get(address);
            if (handlers == null) {
                return Future.failedFuture(NodeExchange.unreachable(address));
            }
            JsonArray known = new JsonArray();
            question.getJsonArray("handlers", new JsonArray()).stream()
                    .filter(handlers::contains)
                    .forEach(known::add);
            return Future.succeededFuture(new JsonObject().put("there", known));
        }

        @Override
        public void giveUp(String address, MicroException why) {
            givenUp.put(address, why);
        }

        @Override
        public void who() {
            searches++;
        }
    }

    private void up(String id) {
        line.there.put("micro.node/" + id, Set.of(NOW));
        tell(id, NodeAgent.UP);
    }

    private void tell(String id, String action) {
        directory.announced(new JsonObject()
                .put("action", action)
                .put("node", id)
                .put("address", "micro.node/" + id)
                .put("process", "host/" + id));
    }

    private Set<String> offering() {
        return directory.offering(NOW).stream().map(node -> node.id).collect(Collectors.toSet());
    }

    private HandlerNode node(String id) {
        return Objects.requireNonNull(directory.node("micro.node/" + id));
    }

    private void callAt(String id) {
        HandlerNode node = node(id);
        directory.calling(node);
        node.begin(timers.nanoTime());
    }

    private void start() {
        directory.lookFor(List.of(NOW));
        directory.start();
        up("a");
        up("b");
    }

    @Test
    void knowsWhoHasAHandler() {
        start();
        line.there.put("micro.node/c", Set.of());
        tell("c", NodeAgent.UP);
        assertThat(offering()).containsExactlyInAnyOrder("a", "b");
        line.there.put("micro.node/c", Set.of(NOW));
        timers.advance(Duration.ofSeconds(3));
        assertThat(offering()).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void searchesForThoseWhoseWordWasLost() {
        start();
        timers.advance(Duration.ofSeconds(11));
        assertThat(line.searches).isEqualTo(3);
    }

    @Test
    void callsNobodyWhoGoes() {
        start();
        tell("a", NodeAgent.DOWN);
        assertThat(offering()).containsExactly("b");
        timers.advance(Duration.ofSeconds(3));
        assertThat(offering()).containsExactly("b");
    }

    @Test
    void forgetsAHandlerThatWasNotThere() {
        start();
        directory.absent(node("a"), NOW);
        assertThat(offering()).containsExactly("b");
        timers.advance(Duration.ofSeconds(3));
        assertThat(offering()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void leavesOutAtOnceWhoOwesAnswersAndGivesNoSign() {
        start();
        line.mute.add("micro.node/a");
        callAt("a");
        timers.advance(Duration.ofMillis(15));
        assertThat(offering()).contains("a");
        callAt("a");
        timers.advance(Duration.ofMillis(25));
        assertThat(offering()).containsExactly("b");
        Objects.requireNonNull(line.owed.get("micro.node/a")).complete(new JsonObject());
        assertThat(offering()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aSlowHandlerWhoseProcessAnswersStays() {
        start();
        for (int i = 0; i < 100; i++) {
            callAt("a");
            timers.advance(Duration.ofMillis(15));
        }
        assertThat(offering()).contains("a");
    }

    @Test
    void callsTheSilentWhereAllAreSilentAndNoneThatIsLost() {
        start();
        line.mute.addAll(List.of("micro.node/a", "micro.node/b"));
        timers.advance(Duration.ofSeconds(4));
        assertThat(offering()).containsExactlyInAnyOrder("a", "b");
        timers.advance(Duration.ofSeconds(8));
        assertThat(offering()).isEmpty();
        assertThat(directory.knows(NOW)).isTrue();
        line.mute.clear();
        timers.advance(Duration.ofSeconds(3));
        assertThat(offering()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void endsCallsWhoseProcessHasEndedAtTheSecondQuestion() {
        start();
        callAt("a");
        line.there.remove("micro.node/a");
        timers.advance(TICK);
        assertThat(offering()).containsExactly("b");
        assertThat(line.givenUp).isEmpty();
        timers.advance(Duration.ofMillis(125));
        MicroException told = Objects.requireNonNull(line.givenUp.get("micro.node/a"));
        assertThat(told).hasMessageContaining("node a (host/a) has ended");
        assertThat(told.fault()).isEqualTo(Fault.BROKEN);
        assertThat(directory.node("micro.node/a")).isNull();
    }

    @Test
    void endsCallsWhoseProcessAnswersNothingForSevenSeconds() {
        start();
        callAt("a");
        line.mute.add("micro.node/a");
        timers.advance(Duration.ofSeconds(4));
        assertThat(line.givenUp).isEmpty();
        timers.advance(Duration.ofSeconds(4));
        assertThat(line.givenUp.get("micro.node/a")).hasMessageContaining("answers nothing");
    }

    @Test
    void tellsWatchersWhatChanges() {
        List<String> told = new ArrayList<>();
        directory.add((action, handler, node) -> told.add(action + " " + node.id));
        start();
        tell("a", NodeAgent.DOWN);
        assertThat(told).containsExactly("CREATE a", "CREATE b", "DELETE a");
    }

    @Test
    void asksNobodyOnceItIsStopped() {
        start();
        directory.stop();
        line.asked.clear();
        timers.advance(Duration.ofSeconds(10));
        assertThat(line.asked).isEmpty();
    }
}
