package dev.vertxmicro.registry.mdns.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vertxmicro.registry.PackedJson;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UnpackingBudgetTest {
    private static final byte[] LARGE = PackedJson.packText("a".repeat(PackedJson.MAX_JSON_BYTES));
    private static final byte[] SMALL = PackedJson.packText("a".repeat(UnpackingBudget.SMALL_BYTES));
    private static final byte[] BOMB = PackedJson.packText("a".repeat(PackedJson.MAX_JSON_BYTES + 1));

    private final ManualTimers timers = Timers.manual();
    private final UnpackingBudget unfolding = new UnpackingBudget(timers);

    private void refuses(byte[] packed, int limit) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> unfolding.unpack(packed))
                .withMessageContaining("more than " + limit + " bytes");
    }

    @Test
    void unpacksSoManyLargeOnesASecondAndAllSmallOnes() {
        for (int i = 0; i < UnpackingBudget.LARGE_PER_SECOND; i++) {
            assertThat(unfolding.unpack(LARGE)).hasSize(PackedJson.MAX_JSON_BYTES);
        }
        refuses(LARGE, UnpackingBudget.SMALL_BYTES);
        assertThat(unfolding.unpack(SMALL)).hasSize(UnpackingBudget.SMALL_BYTES);
        timers.advance(Duration.ofSeconds(1));
        assertThat(unfolding.unpack(LARGE)).hasSize(PackedJson.MAX_JSON_BYTES);
    }

    @Test
    void countsThoseThatAreTooLarge() {
        for (int i = 0; i < UnpackingBudget.LARGE_PER_SECOND; i++) {
            refuses(BOMB, PackedJson.MAX_JSON_BYTES);
        }
        refuses(BOMB, UnpackingBudget.SMALL_BYTES);
    }
}
