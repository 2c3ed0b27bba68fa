package dev.vertxmicro.wrapper.metrics.series;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.MicroException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CodeLabelsTest {
    private final CodeLabels codes = new CodeLabels(List.of(422, 200, 422));

    private String label(int code) {
        return codes.label(codes.place(code));
    }

    @Test
    void namesUsualCodesAndThoseThatAreWanted() {
        assertThat(List.of(label(200), label(404), label(500), label(0), label(422)))
                .containsExactly("200", "404", "500", "0", "422");
    }

    @Test
    void hasOneLabelForAllOthersOfAKind() {
        assertThat(List.of(label(418), label(499), label(598), label(599), label(302), label(99), label(600)))
                .containsExactly("4xx", "499", "5xx", "5xx", "other", "other", "other");
        assertThat(List.of(label(-1), label(Integer.MIN_VALUE), label(Integer.MAX_VALUE)))
                .containsOnly("other");
    }

    @Test
    void areFewWhateverTheCodes() {
        Set<String> labels = new TreeSet<>();
        for (int code = -1_000; code < 2_000; code++) {
            labels.add(label(code));
        }
        assertThat(labels).hasSize(codes.size()).hasSize(23);
    }

    @Test
    void takeFailuresThatAreNoneOfOursFor500() {
        assertThat(codes.label(codes.place(new IllegalStateException()))).isEqualTo("500");
        assertThat(codes.label(codes.place(MicroException.notFound("x", "y")))).isEqualTo("404");
    }
}
