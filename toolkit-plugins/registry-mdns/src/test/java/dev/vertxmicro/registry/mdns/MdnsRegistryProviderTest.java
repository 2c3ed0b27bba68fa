package dev.vertxmicro.registry.mdns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.Section;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class MdnsRegistryProviderTest {

    private static MdnsOptions read(JsonObject json) {
        return MdnsRegistryProvider.read(Section.root(json));
    }

    @Test
    void readsTheIpv6Group() {
        assertThat(read(new JsonObject()).group6()).isEqualTo("ff02::fb");
        assertThat(read(new JsonObject().put("address6", "ff02::123")).group6()).isEqualTo("ff02::123");
        assertThat(read(new JsonObject().put("address6", "")).group6()).isEmpty();
        assertThatThrownBy(() -> read(new JsonObject().put("address6", "fd00::1")))
                .hasMessageContaining("address6: fd00::1 (expected: an IPv6 multicast group");
    }

    @Test
    void doesNotMixAPrivateGroupWithTheIpv6GroupOfAll() {
        assertThat(read(new JsonObject().put("address", "239.1.2.3:5353")).group6())
                .isEmpty();
        assertThat(read(new JsonObject().put("address", "224.0.0.251:15353")).group6())
                .isEqualTo("ff02::fb");
    }
}
