package dev.vertxmicro.selector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** How old that is which calls go by. */
class RegistryAgeTest {
    private static final Duration TTL = SelectorOptions.DEFAULTS.cacheTtl();

    private final ManualTimers timers = Timers.manual();
    private final Registry registry = Registry.inMemory(timers);
    private final CountingDiscovery discovery = new CountingDiscovery(registry);
    private final Selector selector = Selector.caching(
            SelectorOptions.DEFAULTS,
            new SelectorParts(discovery, timers, new SplittableRandom(7), address -> Future.succeededFuture()));

    private void called(Duration time) {
        Duration step = TTL.dividedBy(4);
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(step)) {
            timers.advance(step);
            Greeters.next(selector);
        }
    }

    @Test
    void isNothingWhereNothingIsKnown() {
        assertThat(selector.age()).isZero();
    }

    @Test
    void staysWithinTheTimeToLiveWhileTheRegistryAnswers() {
        Greeters.register(registry, "1", "a");
        Greeters.next(selector);
        called(TTL.multipliedBy(3));
        assertThat(selector.age()).isLessThanOrEqualTo(TTL);
    }

    @Test
    void growsWhileTheRegistryIsAwayUntilItAnswersAgain() {
        Greeters.register(registry, "1", "a");
        Greeters.next(selector);
        discovery.failing = true;
        called(TTL.multipliedBy(10));
        assertThat(selector.age()).isEqualTo(TTL.multipliedBy(10));
        discovery.failing = false;
        called(TTL.multipliedBy(2));
        assertThat(selector.age()).isLessThanOrEqualTo(TTL);
    }

    @Test
    void isZeroAgainWhenTheRegistryTellsOfAChange() {
        Greeters.register(registry, "1", "a");
        Greeters.next(selector);
        discovery.failing = true;
        called(TTL.multipliedBy(10));
        Greeters.register(registry, "1", "b");
        assertThat(selector.age()).isZero();
    }

    @Test
    void doesNotCountAServiceThatNobodyCallsAnyMore() {
        Greeters.register(registry, "1", "a");
        Greeters.next(selector);
        timers.advance(TTL.multipliedBy(10));
        assertThat(selector.age()).isZero();
    }
}
