package dev.vertxmicro.registry.mdns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class MdnsOptionsTest {
    private static final MdnsOptions DEFAULTS = MdnsOptions.DEFAULTS;

    @Test
    void defaultsAreThoseOfGoMicro() {
        assertThat(DEFAULTS)
                .isEqualTo(new MdnsOptions(
                        "micro",
                        Duration.ofMillis(100),
                        "224.0.0.251",
                        "ff02::fb",
                        5353,
                        List.of(),
                        Duration.ofSeconds(10)));
    }

    @Test
    void changesEachComponentAlone() throws ReflectiveOperationException {
        MdnsOptions changed = DEFAULTS.withDomain("other")
                .withLookupTimeout(Duration.ofMillis(7))
                .withGroup("239.1.2.3")
                .withGroup6("ff02::123")
                .withPort(15353)
                .withInterfaces(List.of("lo"))
                .withInterfaceCheck(Duration.ofSeconds(3));
        assertThat(changed)
                .isEqualTo(new MdnsOptions(
                        "other",
                        Duration.ofMillis(7),
                        "239.1.2.3",
                        "ff02::123",
                        15353,
                        List.of("lo"),
                        Duration.ofSeconds(3)));
        for (RecordComponent component : MdnsOptions.class.getRecordComponents()) {
            assertThat(component.getAccessor().invoke(changed))
                    .as(component.getName())
                    .isNotEqualTo(component.getAccessor().invoke(DEFAULTS));
        }
    }

    @Test
    void refusesWhatIsOutOfRange() {
        refuses(() -> DEFAULTS.withDomain(""), "domain: ");
        refuses(() -> DEFAULTS.withDomain("micro."), "domain: micro. (expected: labels");
        refuses(() -> DEFAULTS.withDomain("a".repeat(64)), "domain: aaa");
        refuses(() -> DEFAULTS.withLookupTimeout(Duration.ZERO), "lookupTimeout: PT0S (expected: > 0)");
        refuses(() -> DEFAULTS.withGroup("10.0.0.1"), "group: 10.0.0.1 (expected: an IPv4 multicast address)");
        refuses(() -> DEFAULTS.withGroup("localhost"), "group: localhost");
        refuses(() -> DEFAULTS.withGroup6("fd00::1"), "group6: fd00::1 (expected: an IPv6 multicast address, or none)");
        refuses(() -> DEFAULTS.withGroup6("239.1.2.3"), "group6: 239.1.2.3");
        refuses(() -> DEFAULTS.withPort(0), "port: 0 (expected: 1 to 65535)");
        refuses(() -> DEFAULTS.withPort(65536), "port: 65536");
        refuses(() -> DEFAULTS.withInterfaces(List.of(" ")), "interfaces: [ ]");
        refuses(() -> DEFAULTS.withInterfaceCheck(Duration.ofSeconds(-1)), "interfaceCheck: PT-1S (expected: > 0)");
    }

    private static void refuses(ThrowingCallable change, String message) {
        assertThatIllegalArgumentException().isThrownBy(change).withMessageStartingWith(message);
    }
}
