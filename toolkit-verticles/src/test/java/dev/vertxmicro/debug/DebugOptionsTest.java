package dev.vertxmicro.debug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.Section;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class DebugOptionsTest {
    private static DebugOptions read(JsonObject json) {
        return DebugOptions.from(Section.root(json));
    }

    @Test
    void isThereByDefault() {
        assertThat(read(new JsonObject())).isEqualTo(DebugOptions.DEFAULTS).isEqualTo(new DebugOptions(true, 1000));
    }

    @Test
    void readsAllComponents() {
        assertThat(read(new JsonObject().put("enabled", false).put("logLines", 7)))
                .isEqualTo(DebugOptions.DEFAULTS.withEnabled(false).withLogLines(7));
    }

    @Test
    void refusesWhatIsBeyondTheBounds() {
        assertThatThrownBy(() -> DebugOptions.DEFAULTS.withLogLines(-1))
                .hasMessage("logLines: -1 (expected: 0 to 100000)");
        assertThatThrownBy(() -> DebugOptions.DEFAULTS.withLogLines(100_001))
                .hasMessage("logLines: 100001 (expected: 0 to 100000)");
    }
}
