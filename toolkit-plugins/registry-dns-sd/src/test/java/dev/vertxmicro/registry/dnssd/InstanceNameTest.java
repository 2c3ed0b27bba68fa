package dev.vertxmicro.registry.dnssd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class InstanceNameTest {

    @Test
    void isTheIdWhereThatNamesTheService() {
        assertThat(InstanceName.of("greeter", "greeter-1")).isEqualTo("greeter-1");
        assertThat(InstanceName.of("greeter", "n1")).isEqualTo("greeter-n1");
        assertThat(InstanceName.of("go.micro.srv.x", "go.micro.srv.x-1")).isEqualTo("go-micro-srv-x-1");
        assertThat(InstanceName.of("a\\b", "1\n")).isEqualTo("a-b-1-");
    }

    @Test
    void fitsIntoALabelAndTellsLongNamesApart() {
        assertThat(InstanceName.of("a", "a".repeat(63))).isEqualTo("a".repeat(63));
        String first = InstanceName.of("a", "a".repeat(64));
        assertThat(first).hasSize(63).startsWith("a".repeat(50) + "~");
        assertThat(InstanceName.of("a", "a".repeat(64) + "b")).hasSize(63).isNotEqualTo(first);
    }

    @Test
    void doesNotCutCharacters() {
        String name = InstanceName.of("a", "a" + "ü".repeat(40));
        assertThat(name).startsWith("a" + "ü".repeat(24) + "~").doesNotContain("\uFFFD");
        assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(63);
    }
}
