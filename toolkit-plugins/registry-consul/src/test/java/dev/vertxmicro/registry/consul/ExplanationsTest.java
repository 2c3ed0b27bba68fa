package dev.vertxmicro.registry.consul;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ExplanationsTest {
    private static final long MOMENT = 100;

    private final Explanations explanations = new Explanations(MOMENT);

    @Test
    void aCheckThatCameExplainsOneAnnouncement() {
        explanations.checks(Set.of("greeter"), 0);
        explanations.silent(1);
        assertThat(explanations.enough()).isTrue();
        explanations.silent(2);
        assertThat(explanations.enough()).as("another one").isFalse();
    }

    @Test
    void theCheckMayComeAfterTheAnnouncement() {
        explanations.silent(1);
        explanations.checks(Set.of("greeter"), 50);
        assertThat(explanations.enough()).isTrue();
    }

    @Test
    void aCheckOfAServiceWithOtherTagsExplainsNothing() {
        explanations.tags(Set.of("greeter"), 0);
        explanations.checks(Set.of("greeter"), 1);
        explanations.silent(2);
        assertThat(explanations.enough()).isFalse();
    }

    @Test
    void aChangeOfStatusExplainsNothing() {
        explanations.checks(Set.of(), 0);
        explanations.silent(1);
        assertThat(explanations.enough()).isFalse();
    }

    @Test
    void whatIsLongAgoExplainsNothing() {
        explanations.checks(Set.of("greeter"), 0);
        explanations.silent(2 * MOMENT + 1);
        assertThat(explanations.enough()).isFalse();
    }
}
