package dev.vertxmicro.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.client.Backoff;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.EndpointOptions;
import dev.vertxmicro.client.HedgeOptions;
import dev.vertxmicro.selector.EjectionOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a descriptor says of endpoints, hedging, pauses and ejection reaches client and selector. */
class ResilienceKeysTest {

    private static ServiceDescriptor parse(String json) {
        return ServiceDescriptor.parse(new JsonObject(json.replace('\'', '"')));
    }

    @Test
    void saysNothingByDefault() {
        ServiceDescriptor descriptor = parse("{}");
        assertThat(descriptor.client().endpoints()).isEmpty();
        assertThat(descriptor.client().hedge()).isEmpty();
        assertThat(descriptor.client().backoff()).isSameAs(Backoff.jittered());
        assertThat(descriptor.selector().ejection()).isEqualTo(EjectionOptions.DEFAULTS);
    }

    @Test
    void readsWhatIsSpecialAboutEndpoints() {
        ClientOptions client = parse("{'client': {'backoff': 'none', 'hedge': {}, 'endpoints': ["
                        + "{'pattern': 'Greeter.*', 'requestTimeout': '1s', 'retries': 3, 'idempotent': true,"
                        + " 'hedge': {'delay': '5ms', 'percentile': 95, 'extra': 2}}, {'pattern': 'Student.Get'}]}}")
                .client();
        EndpointOptions nothing = EndpointOptions.DEFAULTS;
        assertThat(client.endpoints())
                .containsExactly(
                        nothing.withPattern("Greeter.*")
                                .withRequestTimeout(Duration.ofSeconds(1))
                                .withRetries(3)
                                .withIdempotent(true)
                                .withHedge(new HedgeOptions(Duration.ofMillis(5), 95, 2)),
                        nothing.withPattern("Student.Get"));
        assertThat(client.hedge()).isEqualTo(Optional.of(HedgeOptions.DEFAULTS));
        assertThat(client.backoff().delay(9)).isZero();
    }

    @Test
    void refusesAnUnknownKeyOfAnEndpoint() {
        assertThatThrownBy(() -> parse("{'client': {'endpoints': [{'timeout': '1s'}]}}"))
                .hasMessageStartingWith("$.client.endpoints[0].timeout: unknown key");
    }

    @Test
    void readsWhenNodesAreLeftOut() {
        EjectionOptions ejection = parse("{'selector': {'ejection': {'baseTime': '1s', 'maxTime': '2s', 'failures': 6,"
                        + " 'timeouts': 4, 'stalledCalls': 5, 'stalledTime': '50ms', 'maxPercent': 30,"
                        + " 'slowStart': '0'}}}")
                .selector()
                .ejection();
        assertThat(ejection)
                .isEqualTo(new EjectionOptions(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        6,
                        4,
                        5,
                        Duration.ofMillis(50),
                        30,
                        Duration.ZERO));
    }
}
