package dev.vertxmicro.eventbus.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.Section;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EventBusTransportOptionsTest {
    private static EventBusTransportOptions read(JsonObject json) {
        Section section = Section.root(json);
        EventBusTransportOptions options = EventBusTransportOptions.from(section);
        section.end();
        return options;
    }

    @Test
    void hasDefaults() {
        assertThat(read(new JsonObject())).isEqualTo(new EventBusTransportOptions(16_777_216, Duration.ofSeconds(5)));
    }

    @Test
    void readsEveryKey() {
        JsonObject json = new JsonObject().put("maxMessageBytes", 1024).put("dialTimeout", "2s");
        assertThat(read(json)).isEqualTo(new EventBusTransportOptions(1024, Duration.ofSeconds(2)));
    }

    @Test
    void refusesWhatIsOutOfBounds() {
        assertThatThrownBy(() -> EventBusTransportOptions.DEFAULTS.withMaxMessageBytes(0))
                .hasMessage("maxMessageBytes: 0 (expected: >= 1)");
        assertThatThrownBy(() -> EventBusTransportOptions.DEFAULTS.withDialTimeout(Duration.ZERO))
                .hasMessage("dialTimeout: PT0S (expected: >= 1ms)");
    }
}
