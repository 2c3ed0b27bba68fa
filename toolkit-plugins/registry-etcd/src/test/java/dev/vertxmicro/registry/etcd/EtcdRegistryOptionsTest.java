package dev.vertxmicro.registry.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.Section;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EtcdRegistryOptionsTest {
    private static final EtcdRegistryOptions DEFAULTS = EtcdRegistryOptions.DEFAULTS;

    @Test
    void defaults() {
        assertThat(DEFAULTS).isEqualTo(new EtcdRegistryOptions("127.0.0.1:1234", Duration.ofSeconds(5)));
        assertThat(EtcdRegistryProvider.read(Section.root(new JsonObject()))).isEqualTo(DEFAULTS);
    }

    @Test
    void readsEachComponent() throws ReflectiveOperationException {
        EtcdRegistryOptions changed = DEFAULTS.withAddress("a:1").withRequestTimeout(Duration.ofSeconds(2));
        Section section =
                Section.root(new JsonObject().put("address", "a:1").put("requestTimeout", "2s"));
        assertThat(EtcdRegistryProvider.read(section)).isEqualTo(changed);
        section.end();
        for (RecordComponent component : EtcdRegistryOptions.class.getRecordComponents()) {
            assertThat(component.getAccessor().invoke(changed))
                    .as(component.getName())
                    .isNotEqualTo(component.getAccessor().invoke(DEFAULTS));
        }
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> DEFAULTS.withRequestTimeout(Duration.ZERO))
                .hasMessage("requestTimeout: PT0S (expected: > 0)");
    }
}
