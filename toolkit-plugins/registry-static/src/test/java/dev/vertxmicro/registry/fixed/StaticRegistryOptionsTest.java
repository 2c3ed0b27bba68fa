package dev.vertxmicro.registry.fixed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.Section;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StaticRegistryOptionsTest {
    private static final StaticRegistryOptions DEFAULTS = StaticRegistryOptions.DEFAULTS;

    @Test
    void defaults() {
        assertThat(DEFAULTS).isEqualTo(new StaticRegistryOptions("127.0.0.1:1234", Duration.ofSeconds(5)));
        assertThat(StaticRegistryProvider.read(Section.root(new JsonObject()))).isEqualTo(DEFAULTS);
    }

    @Test
    void readsEachComponent() throws ReflectiveOperationException {
        StaticRegistryOptions changed = DEFAULTS.withAddress("a:1").withRequestTimeout(Duration.ofSeconds(2));
        Section section =
                Section.root(new JsonObject().put("address", "a:1").put("requestTimeout", "2s"));
        assertThat(StaticRegistryProvider.read(section)).isEqualTo(changed);
        section.end();
        for (RecordComponent component : StaticRegistryOptions.class.getRecordComponents()) {
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
