package dev.vertxmicro.wrapper.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.Section;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.System.Logger.Level;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoggingOptionsTest {
    private static final LoggingOptions DEFAULTS = LoggingOptions.DEFAULTS;

    @Test
    void defaults() {
        assertThat(DEFAULTS)
                .isEqualTo(new LoggingOptions(
                        LogLayout.TEXT,
                        1,
                        Duration.ofSeconds(1),
                        Level.INFO,
                        Level.WARNING,
                        Level.INFO,
                        Level.WARNING,
                        1000,
                        true,
                        true,
                        List.of(),
                        false,
                        1024));
        assertThat(LoggingWrapperProvider.read(Section.root(new JsonObject()))).isEqualTo(DEFAULTS);
    }

    @Test
    void readsEachComponent() throws ReflectiveOperationException {
        LoggingOptions changed = new LoggingOptions(
                LogLayout.JSON,
                100,
                Duration.ofMillis(200),
                Level.DEBUG,
                Level.ERROR,
                Level.OFF,
                Level.ERROR,
                50,
                false,
                false,
                List.of("Tenant", "X-Order"),
                true,
                80);
        Section section = Section.root(new JsonObject()
                .put("layout", "json")
                .put("sample", 100)
                .put("slowAfter", "200ms")
                .put("successLevel", "debug")
                .put("slowLevel", "error")
                .put("refusedLevel", "off")
                .put("failureLevel", "error")
                .put("linesPerSecond", 50)
                .put("mdc", false)
                .put("requestId", false)
                .put("metadata", new JsonArray().add("Tenant").add("X-Order"))
                .put("payloads", true)
                .put("payloadChars", 80));
        assertThat(LoggingWrapperProvider.read(section)).isEqualTo(changed);
        section.end();
        for (RecordComponent component : LoggingOptions.class.getRecordComponents()) {
            assertThat(component.getAccessor().invoke(changed))
                    .as(component.getName())
                    .isNotEqualTo(component.getAccessor().invoke(DEFAULTS));
        }
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> DEFAULTS.withSample(-1)).hasMessage("sample: -1 (expected: >= 0)");
        assertThatThrownBy(() -> DEFAULTS.withSlowAfter(Duration.ofMillis(-1)))
                .hasMessage("slowAfter: PT-0.001S (expected: >= 0)");
        assertThatThrownBy(() -> DEFAULTS.withLinesPerSecond(0))
                .hasMessage("linesPerSecond: 0 (expected: 1 to 1000000)");
        assertThatThrownBy(() -> DEFAULTS.withLinesPerSecond(1_000_001))
                .hasMessage("linesPerSecond: 1000001 (expected: 1 to 1000000)");
        assertThatThrownBy(() -> DEFAULTS.withMetadata(" "))
                .hasMessage("metadata: a blank name (expected: names of metadata)");
        assertThatThrownBy(() -> DEFAULTS.withMetadata(Collections.nCopies(33, "A")))
                .hasMessage("metadata: 33 names (expected: at most 32)");
        assertThatThrownBy(() -> DEFAULTS.withPayloadChars(0)).hasMessage("payloadChars: 0 (expected: 1 to 65536)");
        assertThatThrownBy(() -> DEFAULTS.withPayloadChars(65_537))
                .hasMessage("payloadChars: 65537 (expected: 1 to 65536)");
    }
}
