package dev.vertxmicro.registry.fixed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.Section;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StaticRegistryOptionsTest {
    private static final StaticRegistryOptions DEFAULTS = StaticRegistryOptions.DEFAULTS;
    private static final FixedService GREETER =
            new FixedService("greeter", List.of("a:1", "b:2"), "1.0.0", Map.of("zone", "b"));

    @Test
    void defaults() {
        assertThat(DEFAULTS)
                .isEqualTo(new StaticRegistryOptions(List.of(), "", Duration.ofSeconds(2), RegisterRule.IGNORE));
        assertThat(StaticRegistryProvider.read(Section.root(new JsonObject()))).isEqualTo(DEFAULTS);
    }

    @Test
    void readsEachComponent() throws ReflectiveOperationException {
        JsonObject greeter = new JsonObject()
                .put("name", "greeter")
                .put("addresses", List.of("a:1", "b:2"))
                .put("version", "1.0.0")
                .put("metadata", new JsonObject().put("zone", "b"));
        assertThat(read(new JsonObject().put("services", new JsonArray().add(greeter)))
                        .services())
                .containsExactly(GREETER);
        StaticRegistryOptions changed =
                new StaticRegistryOptions(List.of(), "services.txt", Duration.ofSeconds(3), RegisterRule.REFUSE);
        assertThat(read(new JsonObject()
                        .put("file", "services.txt")
                        .put("reload", "3s")
                        .put("register", "refuse")))
                .isEqualTo(changed);
        for (RecordComponent component : StaticRegistryOptions.class.getRecordComponents()) {
            assertThat(component
                            .getAccessor()
                            .invoke(component.getName().equals("services") ? DEFAULTS.withServices(GREETER) : changed))
                    .as(component.getName())
                    .isNotEqualTo(component.getAccessor().invoke(DEFAULTS));
        }
    }

    private static StaticRegistryOptions read(JsonObject json) {
        Section section = Section.root(json);
        StaticRegistryOptions options = StaticRegistryProvider.read(section);
        section.end();
        return options;
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> DEFAULTS.withReload(Duration.ofSeconds(-1)))
                .hasMessage("reload: PT-1S (expected: >= 0)");
        assertThatThrownBy(() -> DEFAULTS.withServices(GREETER).withFile("f"))
                .hasMessage("file: f (expected: services or a file, not both)");
        assertThatThrownBy(() -> DEFAULTS.withFile("\0")).hasMessageStartingWith("file: ");
        assertThatThrownBy(() -> DEFAULTS.withServices(GREETER, GREETER))
                .hasMessage("services: greeter at a:1 again (expected: once)");
        assertThatThrownBy(() -> FixedService.of("", "a:1")).hasMessageStartingWith("name: \"\" (expected: ");
        assertThatThrownBy(() -> FixedService.of("greeter")).hasMessage("addresses: none (expected: at least one)");
        assertThatThrownBy(() -> FixedService.of("greeter", "a:1", "a"))
                .hasMessage("addresses[1]: a (expected: host:port, port 1 to 65535)");
        assertThatThrownBy(() -> read(new JsonObject()
                        .put(
                                "services",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("name", "greeter")
                                                .put("adress", "x")))))
                .hasMessageContaining("$.services[0].addresses: none (expected: at least one)");
        assertThatThrownBy(() -> read(new JsonObject().put("register", "refused")))
                .hasMessage("$.register: \"refused\" (expected: ignore | refuse; nearest known: refuse)");
    }
}
