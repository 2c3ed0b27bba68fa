package dev.vertxmicro.wrapper.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.Section;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import org.junit.jupiter.api.Test;

class ValidationOptionsTest {
    private static final ValidationOptions DEFAULTS = ValidationOptions.DEFAULTS;

    @Test
    void readsEachComponent() throws ReflectiveOperationException {
        assertThat(ValidationProvider.read(Section.root(new JsonObject()))).isEqualTo(DEFAULTS);
        ValidationOptions changed = new ValidationOptions(true, 3);
        Section section = Section.root(new JsonObject().put("responses", true).put("maxBroken", 3));
        assertThat(ValidationProvider.read(section)).isEqualTo(changed);
        section.end();
        for (RecordComponent component : ValidationOptions.class.getRecordComponents()) {
            assertThat(component.getAccessor().invoke(changed))
                    .as(component.getName())
                    .isNotEqualTo(component.getAccessor().invoke(DEFAULTS));
        }
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> DEFAULTS.withMaxBroken(0)).hasMessage("maxBroken: 0 (expected: 1 to 100)");
    }
}
