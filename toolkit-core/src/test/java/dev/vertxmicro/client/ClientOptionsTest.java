package dev.vertxmicro.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.OptionsAssert;
import dev.vertxmicro.selector.Filter;
import dev.vertxmicro.selector.Strategy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
        for (int attempt = 0; attempt < 4; attempt++) {
            Duration pause = attempt == 0 ? Duration.ZERO : Duration.ofMillis((long) Math.pow(10, attempt));
            assertThat(defaults.backoff().delay(attempt)).isEqualTo(pause);
        }
        assertThat(defaults.backoff().delay(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(10));
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
                .coversAll();
        assertThat(CallOptions.DEFAULTS.withContentType("x/y").contentType()).isEqualTo(Optional.of("x/y"));
        assertThatThrownBy(() -> CallOptions.DEFAULTS.withRetries(-1)).hasMessage("retries: -1 (expected: >= 0)");
        assertThatThrownBy(() -> CallOptions.DEFAULTS.withRequestTimeout(Duration.ZERO))
                .hasMessage("requestTimeout: PT0S (expected: > 0)");
    }
}
