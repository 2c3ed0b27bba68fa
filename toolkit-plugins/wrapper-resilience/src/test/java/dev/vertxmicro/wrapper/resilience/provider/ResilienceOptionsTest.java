package dev.vertxmicro.wrapper.resilience.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.spi.WrapperProvider;
import dev.vertxmicro.wrapper.resilience.BreakerOptions;
import dev.vertxmicro.wrapper.resilience.BreakerOptions.Per;
import dev.vertxmicro.wrapper.resilience.BulkheadOptions;
import dev.vertxmicro.wrapper.resilience.LimitKey;
import dev.vertxmicro.wrapper.resilience.RateLimitOptions;
import dev.vertxmicro.wrapper.resilience.RetryOptions;
import dev.vertxmicro.wrapper.resilience.TimeoutOptions;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ResilienceOptionsTest {
    private static final Duration TWO_HOURS = Duration.ofHours(2);

    /** Each key is read into the component of its name, and every component has one. */
    private static void readsEach(String json, Record changed, Record defaults, Function<Section, Record> read)
            throws ReflectiveOperationException {
        assertThat(read.apply(Section.root(new JsonObject()))).isEqualTo(defaults);
        Section section = Section.root(new JsonObject(json));
        assertThat(read.apply(section)).isEqualTo(changed);
        section.end();
        for (RecordComponent component : changed.getClass().getRecordComponents()) {
            assertThat(component.getAccessor().invoke(changed))
                    .as(component.getName())
                    .isNotEqualTo(component.getAccessor().invoke(defaults));
        }
    }

    @Test
    void readsEachOfABreaker() throws ReflectiveOperationException {
        readsEach(
                """
                {"per": "node", "windowCalls": 10, "windowTime": "30s", "minCalls": 5, "failureRate": 20,
                 "slowCallRate": 80, "slowCall": "1s", "openTime": "5s", "trialCalls": 3, "codes": ["5xx"], "maxCircuits": 7}
                """,
                new BreakerOptions(
                        Per.NODE,
                        10,
                        Duration.ofSeconds(30),
                        5,
                        20,
                        80,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        3,
                        List.of("5xx"),
                        7),
                BreakerOptions.DEFAULTS,
                BreakerProvider::read);
    }

    @Test
    void readsEachOfARateLimit() throws ReflectiveOperationException {
        readsEach(
                """
                {"per": "principal", "calls": 10, "period": "1m", "burst": 5, "maxWait": "1s", "messageWait": "2s",
                 "maxWaiting": 3, "perMessage": true, "maxKeys": 7}
                """,
                new RateLimitOptions(
                        LimitKey.PRINCIPAL,
                        10,
                        Duration.ofMinutes(1),
                        5,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        3,
                        true,
                        7),
                RateLimitOptions.DEFAULTS,
                RateLimitProvider::read);
    }

    @Test
    void readsEachOfABulkhead() throws ReflectiveOperationException {
        readsEach(
                """
                {"perEndpoint": false, "maxConcurrent": 5, "maxWaiting": 6, "maxWait": "1s", "messageWait": "2s", "maxKeys": 7}
                """,
                new BulkheadOptions(false, 5, 6, Duration.ofSeconds(1), Duration.ofSeconds(2), 7),
                BulkheadOptions.DEFAULTS,
                BulkheadProvider::read);
    }

    @Test
    void readsEachOfATimeout() throws ReflectiveOperationException {
        readsEach(
                """
                {"call": "1s", "message": "2s", "idle": "3s"}
                """,
                new TimeoutOptions(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3)),
                TimeoutOptions.DEFAULTS,
                TimeoutProvider::read);
    }

    @Test
    void readsEachOfRetries() throws ReflectiveOperationException {
        readsEach(
                """
                {"attempts": 5, "codes": ["408"], "idempotent": true, "backoff": "1ms", "maxBackoff": "2s", "within": "3s", "budget": 7}
                """,
                new RetryOptions(
                        5, List.of("408"), true, Duration.ofMillis(1), Duration.ofSeconds(2), Duration.ofSeconds(3), 7),
                RetryOptions.DEFAULTS,
                RetryProvider::read);
    }

    private static void refused(ThrowingCallable step, String message) {
        assertThatThrownBy(step).hasMessageStartingWith(message);
    }

    @Test
    void refusesBreakersThatCannotBe() {
        BreakerOptions breaker = BreakerOptions.DEFAULTS;
        refused(() -> breaker.withWindowCalls(0), "windowCalls: 0 (expected: 1 to 10000)");
        refused(
                () -> breaker.withWindowTime(Duration.ofMillis(1500)),
                "windowTime: PT1.5S (expected: whole seconds, <= PT1H)");
        refused(() -> breaker.withWindowTime(TWO_HOURS), "windowTime: PT2H");
        refused(() -> breaker.withMinCalls(0), "minCalls: 0 (expected: 1 to 10000)");
        refused(() -> breaker.withFailureRate(101), "failureRate: 101 (expected: 1 to 100)");
        refused(() -> breaker.withSlowCallRate(0), "slowCallRate: 0 (expected: 1 to 100)");
        refused(() -> breaker.withSlowCall(Duration.ZERO), "slowCall: PT0S (expected: >= PT0.000000001S");
        refused(() -> breaker.withOpenTime(Duration.ZERO), "openTime: PT0S (expected: >= PT0.001S");
        refused(() -> breaker.withTrialCalls(0), "trialCalls: 0 (expected: 1 to 1000)");
        refused(() -> breaker.withCodes("5x"), "codes: \"5x\" (expected: such as 408 or 5xx)");
        refused(() -> breaker.withMaxCircuits(0), "maxCircuits: 0 (expected: 1 to 100000)");
    }

    @Test
    void refusesLimitsThatCannotBe() {
        RateLimitOptions limit = RateLimitOptions.DEFAULTS;
        refused(() -> limit.withCalls(0), "calls: 0 (expected: 1 to 1000000)");
        refused(() -> limit.withPeriod(Duration.ofDays(2)), "period: PT48H");
        refused(() -> limit.withBurst(-1), "burst: -1 (expected: 0 to 1000000)");
        refused(() -> limit.withMaxWait(TWO_HOURS), "maxWait: PT2H");
        refused(() -> limit.withMessageWait(Duration.ofSeconds(-1)), "messageWait: PT-1S");
        refused(() -> limit.withMaxWaiting(-1), "maxWaiting: -1 (expected: 0 to 1000000)");
        refused(() -> limit.withMaxKeys(0), "maxKeys: 0 (expected: 1 to 1000000)");
        BulkheadOptions bulkhead = BulkheadOptions.DEFAULTS;
        refused(() -> bulkhead.withMaxConcurrent(0), "maxConcurrent: 0 (expected: 1 to 1000000)");
        refused(() -> bulkhead.withMaxWaiting(-1), "maxWaiting: -1 (expected: 0 to 1000000)");
        refused(() -> bulkhead.withMaxWait(TWO_HOURS), "maxWait: PT2H");
        refused(() -> bulkhead.withMessageWait(TWO_HOURS), "messageWait: PT2H");
        refused(() -> bulkhead.withMaxKeys(0), "maxKeys: 0 (expected: 1 to 100000)");
    }

    @Test
    void refusesTimesAndRetriesThatCannotBe() {
        TimeoutOptions timeout = TimeoutOptions.DEFAULTS;
        refused(() -> timeout.withCall(Duration.ofDays(2)), "call: PT48H");
        refused(() -> timeout.withMessage(Duration.ofSeconds(-1)), "message: PT-1S");
        refused(() -> timeout.withIdle(Duration.ofDays(2)), "idle: PT48H");
        RetryOptions retry = RetryOptions.DEFAULTS;
        refused(() -> retry.withAttempts(0), "attempts: 0 (expected: 1 to 100)");
        refused(() -> retry.withCodes("99"), "codes: \"99\"");
        refused(() -> retry.withBackoff(Duration.ZERO), "backoff: PT0S");
        refused(() -> retry.withMaxBackoff(Duration.ofMillis(1)), "maxBackoff: PT0.001S (expected: >= PT0.1S");
        refused(() -> retry.withWithin(Duration.ofDays(2)), "within: PT48H");
        refused(() -> retry.withBudget(101), "budget: 101 (expected: 0 to 100)");
    }

    @Test
    void areFoundByTheirTypes() {
        assertThat(ServiceLoader.load(WrapperProvider.class).stream()
                        .map(each -> each.get().type()))
                .contains("breaker", "bulkhead", "ratelimit", "retry", "timeout");
    }
}
