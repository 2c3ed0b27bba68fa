package dev.vertxmicro.wrapper.auth.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.message.Principal;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerifiedCacheTest {
    private static final Principal DAVIE = new Principal("davie", "jwt", Set.of(), Set.of(), new JsonObject());

    @Test
    void keepsUntilItExpires() {
        VerifiedCache<String> cache = new VerifiedCache<>(10);
        cache.put("a", DAVIE, 100, 1);
        assertThat(cache.get("a", 99)).containsSame(DAVIE);
        assertThat(cache.get("a", 100)).isEmpty();
        assertThat(cache.get("b", 0)).isEmpty();
    }

    @Test
    void holdsNoMoreThanItsSizeAndForgetsWhatWasNotAskedForFirst() {
        VerifiedCache<String> cache = new VerifiedCache<>(10);
        for (int i = 0; i < 1_000; i++) {
            cache.put("k" + i, DAVIE, 100, 1);
            assertThat(cache.size()).isLessThanOrEqualTo(10);
            assertThat(cache.get("k0", 0)).as("asked for at " + i).isPresent();
        }
        assertThat(cache.get("k1", 0)).isEmpty();
        assertThat(cache.get("k999", 0)).isPresent();
    }

    @Test
    void holdsNoMoreThanItsWeight() {
        VerifiedCache<String> cache = new VerifiedCache<>(1_000_000);
        for (int i = 0; i < 100; i++) {
            cache.put("k" + i, DAVIE, 100, VerifiedCache.MOST_WEIGHT / 4);
            assertThat(cache.size()).isLessThanOrEqualTo(8);
        }
    }

    @Test
    void holdsNothingWithoutASize() {
        VerifiedCache<String> none = new VerifiedCache<>(0);
        none.put("a", DAVIE, 100, 1);
        assertThat(none.get("a", 0)).isEmpty();
        VerifiedCache<String> one = new VerifiedCache<>(1);
        one.put("a", DAVIE, 100, 1);
        assertThat(one.get("a", 0)).isPresent();
    }
}
