package dev.vertxmicro.registry.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.Section;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ZookeeperRegistryOptionsTest {
    private static final ZookeeperRegistryOptions DEFAULTS = ZookeeperRegistryOptions.DEFAULTS;

    @Test
    void defaults() {
        assertThat(DEFAULTS).isEqualTo(new ZookeeperRegistryOptions("127.0.0.1:1234", Duration.ofSeconds(5)));
        assertThat(ZookeeperRegistryProvider.read(Section.root(new JsonObject()))).isEqualTo(DEFAULTS);
    }

    @Test
    void readsEachComponent() throws ReflectiveOperationException {
        ZookeeperRegistryOptions changed = DEFAULTS.withAddress("a:1").withRequestTimeout(Duration.ofSeconds(2));
        Section section =
                Section.root(new JsonObject().put("address", "a:1").put("requestTimeout", "2s"));
        assertThat(ZookeeperRegistryProvider.read(section)).isEqualTo(changed);
        section.end();
        for (RecordComponent component : ZookeeperRegistryOptions.class.getRecordComponents()) {
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
