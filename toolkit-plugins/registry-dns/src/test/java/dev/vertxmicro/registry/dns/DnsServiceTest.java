package dev.vertxmicro.registry.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.local.Watcher;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How long answers are good, and what holds while servers are away; with held time. */
class DnsServiceTest {
    private static final DnsRegistryOptions OPTIONS = DnsRegistryOptions.DEFAULTS;

    private final ManualTimers timers = Timers.manual();
    private final FakeServer first = new FakeServer();
    private final FakeServer second = new FakeServer();
    private List<String> told = List.of();

    /** Answers what it is told to, and counts. */
    private static final class FakeServer implements ServiceSource {
        private Future<Found> answer = Future.succeededFuture(Found.NOTHING);
        private int asked;

        @Override
        public Future<Found> ask(Question question, Found before) {
            asked++;
            return answer;
        }

        private void knows(long ttl, String... ids) {
            Map<String, Node> nodes = new TreeMap<>();
            for (String id : ids) {
                nodes.put(id, new Node(id, id + ":1", Map.of()));
            }
            answer = Future.succeededFuture(new Found(nodes, Map.of(), ttl));
        }

        private void fails() {
            answer = Future.failedFuture("no answer");
        }
    }

    private DnsService service(FakeServer... servers) {
        return new DnsService(
                new Question("_greeter._tcp.local", 0),
                List.of(servers),
                OPTIONS,
                timers,
                nodes -> told = nodes.stream().map(Node::id).toList());
    }

    private Watcher watcher() {
        return new Watcher(change -> {}, Runnable::run);
    }

    @Test
    void asksAgainWhenTheTtlIsOverAndNotBefore() {
        first.knows(30, "a");
        DnsService service = service(first);
        assertThat(service.current().succeeded()).isTrue();
        timers.advance(Duration.ofSeconds(30).minusNanos(1));
        service.current();
        assertThat(first.asked).isEqualTo(1);
        timers.advance(Duration.ofNanos(1));
        service.current();
        assertThat(first.asked).isEqualTo(2);
    }

    @Test
    void keepsTheTtlWithinItsBounds() {
        first.knows(0, "a");
        DnsService service = service(first);
        service.current();
        timers.advance(OPTIONS.minTtl().minusNanos(1));
        assertThat(service.good()).isTrue();
        timers.advance(Duration.ofNanos(1));
        assertThat(service.good()).isFalse();
        first.knows(Integer.MAX_VALUE, "a");
        service.current();
        timers.advance(OPTIONS.maxTtl().minusNanos(1));
        assertThat(service.good()).isTrue();
        timers.advance(Duration.ofNanos(1));
        assertThat(service.good()).isFalse();
    }

    @Test
    void remembersForAShortTimeThatThereIsNothing() {
        DnsService service = service(first);
        assertThat(service.current().succeeded()).isTrue();
        timers.advance(OPTIONS.negativeTtl().minusNanos(1));
        service.current();
        assertThat(first.asked).isEqualTo(1);
        timers.advance(Duration.ofNanos(1));
        service.current();
        assertThat(first.asked).isEqualTo(2);
    }

    @Test
    void putsTogetherWhatTheServersKnow() {
        first.knows(60, "a", "b");
        second.knows(10, "b", "c");
        DnsService service = service(first, second);
        service.current();
        assertThat(told).containsExactly("a", "b", "c");
        timers.advance(Duration.ofSeconds(10));
        assertThat(service.good()).isFalse();
    }

    @Test
    void keepsWhatAServerSaidLastWhileItIsAway() {
        first.knows(1, "a");
        second.knows(1, "b");
        DnsService service = service(first, second);
        service.current();
        first.fails();
        second.knows(1, "c");
        timers.advance(Duration.ofSeconds(1));
        assertThat(service.current().succeeded()).isTrue();
        assertThat(told).containsExactly("a", "c");
        second.fails();
        timers.advance(OPTIONS.negativeTtl());
        assertThat(service.current().succeeded()).isTrue();
        assertThat(told).containsExactly("a", "c");
        first.answer = Future.succeededFuture(ServiceSource.Found.NOTHING);
        timers.advance(OPTIONS.negativeTtl());
        service.current();
        assertThat(told).containsExactly("c");
    }

    @Test
    void failsWhereNoServerHasEverAnswered() {
        first.fails();
        DnsService service = service(first);
        assertThat(service.current().cause()).hasMessageContaining("dns: _greeter._tcp.local: no answer");
        first.knows(1, "a");
        assertThat(service.current().succeeded()).isTrue();
        assertThat(told).containsExactly("a");
    }

    @Test
    void failsWhatAServerThrows() {
        DnsService service = new DnsService(
                new Question("a", 0),
                List.of((question, before) -> {
                    throw new IllegalStateException("broken");
                }),
                OPTIONS,
                timers,
                nodes -> {});
        assertThat(service.current().cause()).hasMessageContaining("broken");
    }

    @Test
    void asksOnceForAllWhoWait() {
        Promise<ServiceSource.Found> answer = Promise.promise();
        first.answer = answer.future();
        DnsService service = service(first);
        List<Future<Void>> waiting = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            waiting.add(service.current());
        }
        assertThat(service.idle()).isFalse();
        answer.complete(ServiceSource.Found.NOTHING);
        assertThat(waiting).allMatch(Future::succeeded);
        assertThat(first.asked).isEqualTo(1);
        assertThat(service.idle()).isTrue();
    }

    @Test
    void asksByItselfWhileSomebodyWatches() {
        first.knows(2, "a");
        DnsService service = service(first);
        service.current();
        Watcher one = watcher();
        Watcher other = watcher();
        service.watch(one);
        service.watch(other);
        first.knows(2, "b");
        timers.advance(Duration.ofSeconds(2));
        assertThat(told).containsExactly("b");
        service.unwatch(one);
        timers.advance(Duration.ofSeconds(2));
        assertThat(first.asked).isEqualTo(3);
        service.unwatch(other);
        timers.advance(Duration.ofMinutes(10));
        assertThat(first.asked).isEqualTo(3);
    }

    @Test
    void goesOnAskingWhileTheServerIsAway() {
        first.knows(1, "a");
        DnsService service = service(first);
        service.current();
        service.watch(watcher());
        first.fails();
        timers.advance(Duration.ofSeconds(1));
        first.knows(1, "b");
        timers.advance(OPTIONS.negativeTtl());
        assertThat(told).containsExactly("b");
    }
}
