package dev.vertxmicro.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.Section;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class HealthOptionsTest {
    private static HealthOptions read(JsonObject json) {
        return HealthOptions.from(Section.root(json));
    }

    @Test
    void countsRegistryAndBrokerByDefault() {
        assertThat(read(new JsonObject()))
                .isEqualTo(HealthOptions.DEFAULTS)
                .isEqualTo(new HealthOptions("", true, true));
        assertThat(HealthOptions.DEFAULTS.counts("registry")).isTrue();
        assertThat(HealthOptions.DEFAULTS.counts("broker")).isTrue();
    }

    @Test
    void readsAllComponents() {
        HealthOptions read = read(new JsonObject()
                .put("address", "127.0.0.1:8086")
                .put("registry", false)
                .put("broker", false));
        assertThat(read)
                .isEqualTo(HealthOptions.DEFAULTS
                        .withAddress("127.0.0.1:8086")
                        .withRegistry(false)
                        .withBroker(false));
        assertThat(read.counts("registry")).isFalse();
        assertThat(read.counts("broker")).isFalse();
        assertThat(read.counts("own")).isTrue();
    }

    @Test
    void refusesAnAddressThatIsNone() {
        assertThatThrownBy(() -> HealthOptions.DEFAULTS.withAddress("nowhere"))
                .hasMessage("address: nowhere (expected: host:port, port 0 to 65535)");
    }
}
