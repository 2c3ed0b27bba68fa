package dev.vertxmicro.registry.kubernetes.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PodKeysTest {

    @Test
    void replacesWhatNoKeyTakesAsGoPluginsDoes() {
        assertThat(PodKeys.ending("go.micro.srv-a_b")).contains("go.micro.srv-a_b");
        assertThat(PodKeys.ending("shop/cart")).contains("shop_cart");
        // Bytes, not characters.
        assertThat(PodKeys.ending("gr\u00fc\u00dfe")).contains("gr____e");
    }

    @Test
    void hasNoKeyForWhatKubernetesRefuses() {
        assertThat(PodKeys.ending("x".repeat(54))).isPresent();
        for (String name : List.of("", "a.", "a-", "a/", "x".repeat(55))) {
            assertThat(PodKeys.ending(name)).as(name).isEmpty();
        }
    }

    @Test
    void keepsKeysApartWithinTheLength() {
        String longest = "x".repeat(54);
        assertThat(PodKeys.beside(longest, "one")).hasSize(54).isNotEqualTo(PodKeys.beside(longest, "other"));
        assertThat(PodKeys.beside("a", "a 2")).matches("a_[0-9a-f]{8}");
    }
}
