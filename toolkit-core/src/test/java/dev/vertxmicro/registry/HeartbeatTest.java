package dev.vertxmicro.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.time.LogLines;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private static final Duration TTL = Duration.ofSeconds(10);
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final ManualTimers timers = Timers.manual();
    private final FakeRegistrar registrar = new FakeRegistrar();

    private Heartbeat heartbeat(String node) {
        return new Heartbeat(registrar, service(node), TTL, INTERVAL, timers);
    }

    private static ServiceInfo service(String node) {
        return new ServiceInfo("greeter", "1", Map.of(), List.of(), List.of(new Node(node, "127.0.0.1:1", Map.of())));
    }

    @Test
    void renewsWithinEachInterval() {
        heartbeat("n1").start();
        for (int i = 2; i < 50; i++) {
            timers.advance(INTERVAL);
            assertThat(registrar.calls.size()).isGreaterThanOrEqualTo(i);
        }
        assertThat(registrar.calls.size()).isLessThan(50 * 100 / 80 + 1);
    }

    @Test
    @SuppressWarnings("NullAway") // null is what a registry gives here
    void goesOnAfterARegistryThatThrowsOrGivesNothing() {
        List<Integer> asked = new ArrayList<>();
        Registrar wild = new Registrar() {
            @Override
            public Future<Void> register(ServiceInfo service, Duration ttl) {
                asked.add(asked.size());
                return switch (asked.size()) {
                    case 2 -> throw new NoClassDefFoundError("a driver");
                    case 3 -> null;
                    default -> Future.succeededFuture();
                };
            }

            @Override
            public Future<Void> deregister(ServiceInfo service) {
                throw new IllegalStateException("no");
            }
        };
        Heartbeat beating = new Heartbeat(wild, service("n1"), TTL, INTERVAL, timers);
        assertThat(beating.start().succeeded()).isTrue();
        timers.advance(INTERVAL.multipliedBy(4));
        assertThat(asked).hasSizeGreaterThanOrEqualTo(5);
        assertThat(beating.stop().succeeded()).isTrue();
    }

    @Test
    void doesNotStartAfterItsEnd() {
        Heartbeat heartbeat = heartbeat("n1");
        heartbeat.stop();
        registrar.calls.clear();
        assertThat(heartbeat.start().cause()).hasMessageContaining("stopped while starting");
        timers.advance(INTERVAL.multipliedBy(3));
        assertThat(registrar.calls).isEmpty();
    }

    @Test
    void spreadsTheRenewalsOfManyNodes() {
        IntStream.range(0, 100).forEach(i -> heartbeat("n" + i).start());
        registrar.calls.clear();
        int most = 0;
        for (int tenth = 0; tenth < 50; tenth++) {
            timers.advance(Duration.ofMillis(100));
            most = Math.max(most, registrar.calls.size());
            registrar.calls.clear();
        }
        assertThat(most).as("of 100 renewals in any tenth of a second").isBetween(1, 30);
    }

    @Test
    void triesAgainWithinTheIntervalThoughTheRegistryIsSlowToFail() {
        heartbeat("n1").start();
        Promise<Void> slow = Promise.promise();
        registrar.answer = slow.future();
        timers.advance(INTERVAL);
        timers.advance(Duration.ofSeconds(4));
        slow.fail("no answer");
        int before = registrar.calls.size();
        timers.advance(Duration.ofSeconds(1));
        assertThat(registrar.calls).hasSize(before + 1);
    }

    @Test
    void startsWithoutItsRegistryUnlessItIsRequired() {
        registrar.answer = Future.failedFuture(MicroException.internal("registry", "away"));
        assertThat(heartbeat("n1").startRequired().cause()).hasMessageContaining("away");
        timers.advance(INTERVAL);
        assertThat(registrar.calls).as("one that did not start").hasSize(1);
        assertThat(heartbeat("n2").start().succeeded()).isTrue();
        registrar.answer = Future.succeededFuture();
        timers.advance(INTERVAL);
        assertThat(registrar.calls).hasSize(3);
    }

    @Test
    void tellsWhenItIsBackAndAfterWhatTime() {
        try (LogLines log = LogLines.of(Heartbeat.class)) {
            registrar.answer = Future.failedFuture(MicroException.internal("registry", "away"));
            heartbeat("n1").start();
            timers.advance(INTERVAL);
            registrar.answer = Future.succeededFuture();
            timers.advance(INTERVAL);
            timers.advance(INTERVAL);
            assertThat(log.lines()).hasSize(3);
            assertThat(log.lines().get(1)).startsWith("registry: greeter not registered, tried again in ");
            assertThat(log.lines().get(2)).matches("registry: greeter registered, back after \\d+\\.\\d s");
        }
    }

    @Test
    void renewsInTimeWhereNobodySaysHowOften() {
        assertThat(Heartbeat.interval(Duration.ofSeconds(60))).isEqualTo(Duration.ofSeconds(30));
        assertThat(Heartbeat.interval(TTL)).isEqualTo(INTERVAL);
        assertThat(Heartbeat.interval(Duration.ZERO)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void refusesToRenewLaterThanARegistrationHolds() {
        Heartbeat.check("ttl", TTL, "interval", TTL.minusNanos(1));
        Heartbeat.check("ttl", Duration.ZERO, "interval", TTL);
        assertThatThrownBy(() -> Heartbeat.check("ttl", TTL, "interval", TTL))
                .hasMessage("interval: PT10S (expected: < PT10S, how long a registration holds)");
        assertThatThrownBy(() -> Heartbeat.check("ttl", Duration.ofNanos(-1), "interval", TTL))
                .hasMessage("ttl: PT-0.000000001S (expected: >= 0)");
        assertThatThrownBy(() -> Heartbeat.check("ttl", Duration.ZERO, "interval", Duration.ZERO))
                .hasMessage("interval: PT0S (expected: > 0)");
    }

    @Test
    void doesNotStartWhatTheRegistryRefuses() {
        registrar.answer = Future.failedFuture(MicroException.badRequest("registry", "name too long"));
        assertThat(heartbeat("n1").start().cause()).hasMessageContaining("name too long");
    }

    @Test
    void deregistersAfterTheRenewalThatIsUnderWay() {
        Heartbeat heartbeat = heartbeat("n1");
        heartbeat.start();
        Promise<Void> renewal = Promise.promise();
        registrar.answer = renewal.future();
        timers.advance(INTERVAL);
        Future<Void> stopped = heartbeat.stop();
        assertThat(registrar.calls).doesNotContain("deregister n1");
        renewal.complete();
        assertThat(stopped.succeeded()).isTrue();
        assertThat(registrar.calls).endsWith("deregister n1");
        timers.advance(INTERVAL.multipliedBy(3));
        assertThat(registrar.calls).endsWith("deregister n1");
    }

    /** Remembers what it is asked, and answers at once, or when told to. */
    private static final class FakeRegistrar implements Registrar {
        private final List<String> calls = new ArrayList<>();
        private Future<Void> answer = Future.succeededFuture();

        @Override
        public Future<Void> register(ServiceInfo service, Duration ttl) {
            calls.add("register " + service.nodes().get(0).id());
            return answer;
        }

        @Override
        public Future<Void> deregister(ServiceInfo service) {
            calls.add("deregister " + service.nodes().get(0).id());
            return Future.succeededFuture();
        }
    }
}
