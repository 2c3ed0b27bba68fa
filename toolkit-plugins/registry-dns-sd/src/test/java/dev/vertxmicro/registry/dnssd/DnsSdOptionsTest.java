package dev.vertxmicro.registry.dnssd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vertxmicro.config.Section;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class DnsSdOptionsTest {
    private static final DnsSdOptions DEFAULTS = DnsSdOptions.DEFAULTS;

    @Test
    void defaults() {
        assertThat(DEFAULTS).isEqualTo(new DnsSdOptions("", Duration.ofSeconds(1), Duration.ofMinutes(2)));
        assertThat(DnsSdRegistryProvider.read(Section.root(new JsonObject()))).isEqualTo(DEFAULTS);
    }

    @Test
    void readsEachComponent() throws ReflectiveOperationException {
        DnsSdOptions changed = DEFAULTS.withAddress("10.1.2.3")
                .withLookupTimeout(Duration.ofMillis(7))
                .withRecordTtl(Duration.ofSeconds(3));
        JsonObject json = new JsonObject()
                .put("address", "10.1.2.3")
                .put("lookupTimeout", "7ms")
                .put("recordTtl", "3s");
        assertThat(DnsSdRegistryProvider.read(Section.root(json))).isEqualTo(changed);
        for (RecordComponent component : DnsSdOptions.class.getRecordComponents()) {
            assertThat(component.getAccessor().invoke(changed))
                    .as(component.getName())
                    .isNotEqualTo(component.getAccessor().invoke(DEFAULTS));
        }
    }

    @Test
    void refusesWhatIsOutOfRange() {
        refuses(
                () -> DEFAULTS.withAddress("eth0"),
                "address: eth0 (expected: a literal IP address of this host, or none)");
        refuses(() -> DEFAULTS.withLookupTimeout(Duration.ZERO), "lookupTimeout: PT0S (expected: > 0)");
        refuses(() -> DEFAULTS.withRecordTtl(Duration.ofMillis(1500)), "recordTtl: PT1.5S (expected: whole seconds");
        refuses(() -> DEFAULTS.withRecordTtl(Duration.ZERO), "recordTtl: PT0S");
        refuses(() -> DEFAULTS.withRecordTtl(Duration.ofDays(100)), "recordTtl: ");
    }

    private static void refuses(ThrowingCallable change, String message) {
        assertThatIllegalArgumentException().isThrownBy(change).withMessageStartingWith(message);
    }
}
