package dev.vertxmicro.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GlobTest {
    @Test
    void takesAStarForAnyCharactersAndAllElseForItself() {
        assertThat(Glob.matches("", "")).isTrue();
        assertThat(Glob.matches("", "a")).isFalse();
        assertThat(Glob.matches("*", "")).isTrue();
        assertThat(Glob.matches("**", "news/a.b")).isTrue();
        assertThat(Glob.matches("news", "news")).isTrue();
        assertThat(Glob.matches("news", "newsy")).isFalse();
        assertThat(Glob.matches("news", "new")).isFalse();
        assertThat(Glob.matches("new.", "news")).isFalse();
        assertThat(Glob.matches("news.*", "news.eu")).isTrue();
        assertThat(Glob.matches("news.*", "news")).isFalse();
        assertThat(Glob.matches("*.eu.*", "news.eu.eu.today")).isTrue();
        assertThat(Glob.matches("*ab", "aab")).isTrue();
        assertThat(Glob.matches("a*b*c", "aXbXbXd")).isFalse();
    }

    @Test
    void isNotSlowedDownByHostileTexts() {
        long begin = System.nanoTime();
        assertThat(Glob.matches("*a*a*a*a*a*a*a*a*b", "a".repeat(1024))).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void oneOfSeveralIsEnough() {
        assertThat(Glob.anyMatches(List.of("Greeter.Hello", "Debug.*"), "Debug.Health"))
                .isTrue();
        assertThat(Glob.anyMatches(List.of("Greeter.Hello", "Debug.*"), "Greeter.Hell"))
                .isFalse();
        assertThat(Glob.anyMatches(List.of(), "Greeter.Hello")).isFalse();
    }

    @Test
    void aNameOrTheStartOfOneIsAllThatSomeListsTake() {
        Glob.requireNameOrStart("endpoints", "Greeter.Hello");
        Glob.requireNameOrStart("endpoints", "Greeter.*");
        Glob.requireNameOrStart("endpoints", "*");
        for (String none : List.of("", " ", "*.Hello", "Greeter.**")) {
            assertThatThrownBy(() -> Glob.requireNameOrStart("endpoints", none))
                    .hasMessage("endpoints: \"" + none + "\" (expected: a name, or the start of one and *)");
        }
    }
}
