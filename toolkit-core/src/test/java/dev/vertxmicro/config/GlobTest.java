package dev.vertxmicro.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
}
