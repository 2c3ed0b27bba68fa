package dev.vertxmicro.registry.consul.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ChangeCorrelationTest {
    private static final long MOMENT = 100;

    private final ChangeCorrelation correlation = new ChangeCorrelation(MOMENT);

    @Test
    void aCheckThatCameExplainsOneAnnouncement() {
        correlation.checks(Set.of("greeter"), 0);
        correlation.silent(1);
        assertThat(correlation.enough()).isTrue();
        correlation.silent(2);
        assertThat(correlation.enough()).as("another one").isFalse();
    }

    @Test
    void theCheckMayComeAfterTheAnnouncement() {
        correlation.silent(1);
        correlation.checks(Set.of("greeter"), 50);
        assertThat(correlation.enough()).isTrue();
    }

    @Test
    void aCheckOfAServiceWithOtherTagsExplainsNothing() {
        correlation.tags(Set.of("greeter"), 0);
        correlation.checks(Set.of("greeter"), 1);
        correlation.silent(2);
        assertThat(correlation.enough()).isFalse();
    }

    @Test
    void aChangeOfStatusExplainsNothing() {
        correlation.checks(Set.of(), 0);
        correlation.silent(1);
        assertThat(correlation.enough()).isFalse();
    }

    @Test
    void whatIsLongAgoExplainsNothing() {
        correlation.checks(Set.of("greeter"), 0);
        correlation.silent(2 * MOMENT + 1);
        assertThat(correlation.enough()).isFalse();
    }
}
