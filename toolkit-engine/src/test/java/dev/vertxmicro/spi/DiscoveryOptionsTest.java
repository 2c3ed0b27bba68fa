package dev.vertxmicro.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.config.Section;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class DiscoveryOptionsTest {

    @Test
    void defaults() {
        assertThat(DiscoveryOptions.DEFAULTS).isEqualTo(new DiscoveryOptions(false, false));
        assertThat(DiscoveryOptions.from(Section.root(new JsonObject()))).isEqualTo(DiscoveryOptions.DEFAULTS);
    }

    @Test
    void readsEachComponent() {
        assertThat(DiscoveryOptions.from(Section.root(new JsonObject().put("mirror", true))))
                .isEqualTo(new DiscoveryOptions(true, false));
        assertThat(DiscoveryOptions.from(Section.root(new JsonObject().put("import", true))))
                .isEqualTo(new DiscoveryOptions(false, true));
    }
}
