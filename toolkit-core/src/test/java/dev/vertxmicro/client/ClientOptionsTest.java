package dev.vertxmicro.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.OptionsAssert;
import dev.vertxmicro.selector.Filter;
import dev.vertxmicro.selector.Strategy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ClientOptionsTest {

    @Test
    void hasGoMicrosDefaults() {
        ClientOptions defaults = ClientOptions.DEFAULTS;
        assertThat(defaults.contentType()).isEqualTo("application/protobuf");
        assertThat(defaults.requestTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(defaults.retries()).isEqualTo(1);
        assertThat(defaults.name()).isEmpty();
        assertThat(defaults.warmUp()).isEmpty();
        assertThat(defaults.endpoints()).isEmpty();
        assertThat(defaults.hedge()).isEmpty();
        assertThat(defaults.retry()).isSameAs(RetryPolicy.safe());
    }

    @Test
    void changesEachComponentAlone() {
        OptionsAssert.of(ClientOptions.DEFAULTS)
                .changes("name", o -> o.withName("caller"))
                .changes("contentType", o -> o.withContentType("application/json"))
                .changes("requestTimeout", o -> o.withRequestTimeout(Duration.ofSeconds(1)))
                .changes("retries", o -> o.withRetries(0))
                .changes("retry", o -> o.withRetry(RetryPolicy.never()))
                .changes("backoff", o -> o.withBackoff(Backoff.none()))
                .changes("endpoints", o -> o.withEndpoints(EndpointOptions.DEFAULTS))
                .changes("hedge", o -> o.withHedge(HedgeOptions.DEFAULTS))
                .changes("warmUp", o -> o.withWarmUp(List.of("greeter")))
                .coversAll();
    }

    @Test
    void refusesValuesOutOfBounds() {
        ClientOptions defaults = ClientOptions.DEFAULTS;
        assertThatThrownBy(() -> defaults.withRetries(-1)).hasMessage("retries: -1 (expected: >= 0)");
        assertThatThrownBy(() -> defaults.withRequestTimeout(Duration.ZERO))
                .hasMessage("requestTimeout: PT0S (expected: > 0)");
        assertThatThrownBy(() -> defaults.withWarmUp(List.of("a", "")))
                .hasMessage("warmUp: [a, ] (expected: service names, none empty)");
        assertThatThrownBy(() -> defaults.withContentType(" ")).hasMessageStartingWith("contentType: empty");
    }

    @Test
    void refusesTimesThatNoClockHolds() {
        Duration beyond = Duration.ofDays(1_000_000_000);
        String message = "requestTimeout: PT24000000000H (expected: <= 36500 days)";
        assertThatThrownBy(() -> CallOptions.DEFAULTS.withRequestTimeout(beyond))
                .hasMessage(message);
        assertThatThrownBy(() -> ClientOptions.DEFAULTS.withRequestTimeout(beyond))
                .hasMessage(message);
        assertThatThrownBy(() -> EndpointOptions.DEFAULTS.withRequestTimeout(beyond))
                .hasMessage(message);
        assertThat(CallOptions.DEFAULTS
                        .withRequestTimeout(Duration.ofDays(36_500))
                        .requestTimeout())
                .isPresent();
    }

    @Test
    void changesEachCallOptionAlone() {
        assertThat(CallOptions.DEFAULTS.addresses()).isEmpty();
        assertThat(CallOptions.DEFAULTS.filters()).isEmpty();
        assertThat(CallOptions.DEFAULTS.contentType()).isEmpty();
        assertThat(CallOptions.DEFAULTS.requestTimeout()).isEmpty();
        assertThat(CallOptions.DEFAULTS.retries()).isEmpty();
        OptionsAssert.of(CallOptions.DEFAULTS)
                .changes("addresses", o -> o.withAddresses("a:1"))
                .changes("filters", o -> o.withFilters(Filter.version("1")))
                .changes("strategy", o -> o.withStrategy(Strategy.roundRobin()))
                .changes("contentType", o -> o.withContentType("application/json"))
                .changes("requestTimeout", o -> o.withRequestTimeout(Duration.ofSeconds(1)))
                .changes("retries", o -> o.withRetries(2))
                .changes("idempotent", o -> o.withIdempotent(true))
                .changes("idempotencyKey", o -> o.withIdempotencyKey("42"))
                .changes("hedge", o -> o.withHedge(HedgeOptions.DEFAULTS))
                .coversAll();
        assertThat(CallOptions.DEFAULTS.withContentType("x/y").contentType()).isEqualTo(Optional.of("x/y"));
        assertThatThrownBy(() -> CallOptions.DEFAULTS.withRetries(-1)).hasMessage("retries: -1 (expected: >= 0)");
        assertThatThrownBy(() -> CallOptions.DEFAULTS.withRequestTimeout(Duration.ZERO))
                .hasMessage("requestTimeout: PT0S (expected: > 0)");
    }

    @Test
    void changesEachOptionOfEndpointsAndHedgesAlone() {
        OptionsAssert.of(EndpointOptions.DEFAULTS)
                .changes("pattern", o -> o.withPattern("Greeter.*"))
                .changes("requestTimeout", o -> o.withRequestTimeout(Duration.ofSeconds(1)))
                .changes("retries", o -> o.withRetries(2))
                .changes("idempotent", o -> o.withIdempotent(true))
                .changes("hedge", o -> o.withHedge(HedgeOptions.DEFAULTS))
                .coversAll();
        OptionsAssert.of(HedgeOptions.DEFAULTS)
                .changes("delay", o -> o.withDelay(Duration.ofMillis(10)))
                .changes("percentile", o -> o.withPercentile(95))
                .changes("extra", o -> o.withExtra(2))
                .coversAll();
    }

    @Test
    void refusesEndpointsAndHedgesOutOfBounds() {
        assertThatThrownBy(() -> EndpointOptions.DEFAULTS.withPattern("*.Hello"))
                .hasMessageStartingWith("pattern: \"*.H");
        assertThatThrownBy(() -> EndpointOptions.DEFAULTS.withPattern("")).hasMessageStartingWith("pattern: \"\"");
        assertThatThrownBy(() -> EndpointOptions.DEFAULTS.withRetries(-1)).hasMessage("retries: -1 (expected: >= 0)");
        assertThatThrownBy(() -> EndpointOptions.DEFAULTS.withRequestTimeout(Duration.ZERO))
                .hasMessage("requestTimeout: PT0S (expected: > 0)");
        assertThatThrownBy(() -> HedgeOptions.DEFAULTS.withDelay(Duration.ofMillis(-1)))
                .hasMessage("delay: PT-0.001S (expected: >= 0)");
        assertThatThrownBy(() -> HedgeOptions.DEFAULTS.withPercentile(100))
                .hasMessage("percentile: 100 (expected: 0 to 99)");
        assertThatThrownBy(() -> HedgeOptions.DEFAULTS.withExtra(0)).hasMessage("extra: 0 (expected: 1 to 4)");
        assertThatThrownBy(() -> HedgeOptions.DEFAULTS.withExtra(5)).hasMessage("extra: 5 (expected: 1 to 4)");
        assertThatThrownBy(() -> CallOptions.DEFAULTS.withIdempotencyKey(" ")).hasMessageStartingWith("idempotencyKey");
    }

    @Test
    void fitsNamesAndTheirBeginnings() {
        EndpointOptions of = EndpointOptions.DEFAULTS;
        assertThat(of.fits("Greeter.Hello")).isTrue();
        assertThat(of.withPattern("Greeter.*").fits("Greeter.Hello")).isTrue();
        assertThat(of.withPattern("Greeter.*").fits("Greet")).isFalse();
        assertThat(of.withPattern("Greeter.Hello").fits("Greeter.Hello")).isTrue();
        assertThat(of.withPattern("Greeter.Hello").fits("Greeter.HelloAgain")).isFalse();
    }

    @Test
    void backsOffByChanceUpToABoundThatDoubles() {
        Backoff jittered = Backoff.jittered(new SplittableRandom(7));
        assertThat(jittered.delay(0)).isZero();
        for (int attempt : new int[] {1, 2, 5, 7, 8, 100, Integer.MAX_VALUE}) {
            long bound = (long) Math.min(1000, 10 * Math.pow(2, attempt - 1));
            long[] millis = LongStream.generate(() -> jittered.delay(attempt).toMillis())
                    .limit(1000)
                    .toArray();
            assertThat(LongStream.of(millis).max().orElse(0)).isBetween(bound * 9 / 10, bound);
            assertThat(LongStream.of(millis).average().orElse(0)).isBetween(bound * 0.4, bound * 0.6);
        }
    }

    @Test
    void backsOffAsGoMicro() {
        for (int attempt = 0; attempt < 4; attempt++) {
            Duration pause = attempt == 0 ? Duration.ZERO : Duration.ofMillis((long) Math.pow(10, attempt));
            assertThat(Backoff.exponential().delay(attempt)).isEqualTo(pause);
        }
        assertThat(Backoff.exponential().delay(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(10));
    }
}
