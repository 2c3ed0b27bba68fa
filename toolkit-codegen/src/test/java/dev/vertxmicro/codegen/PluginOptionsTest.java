package dev.vertxmicro.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginOptionsTest {
    @Test
    void generatesJavaByDefault() {
        assertThat(PluginOptions.parse("")).isEqualTo(PluginOptions.DEFAULTS);
        assertThat(PluginOptions.DEFAULTS.languages()).containsExactly(Language.JAVA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"language=java,kotlin", "language=kotlin,language=java", " language = Kotlin , java "})
    void takesBothLanguages(String parameter) {
        assertThat(PluginOptions.parse(parameter).languages()).containsExactlyInAnyOrder(Language.values());
    }

    @Test
    void takesKotlinAlone() {
        assertThat(PluginOptions.parse("language=kotlin").languages()).containsExactly(Language.KOTLIN);
    }

    @Test
    void mapsEveryComponent() {
        Set<Language> kotlin = Set.of(Language.KOTLIN);
        assertThat(PluginOptions.DEFAULTS.withLanguages(kotlin)).isEqualTo(new PluginOptions(kotlin));
        assertThat(PluginOptions.class.getRecordComponents()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"langauge=java", "kotlin", "language=java,outdir=x"})
    void refusesAnUnknownOptionByName(String parameter) {
        assertThatThrownBy(() -> PluginOptions.parse(parameter))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("option: (langauge|kotlin|outdir) \\(expected: language\\)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"language=go", "language=java,go", "language=", "language=java,"})
    void refusesAnUnknownLanguageByName(String parameter) {
        assertThatThrownBy(() -> PluginOptions.parse(parameter))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(
                        "language: (go|empty) \\(expected: java or kotlin, or both: language=java,kotlin\\)");
    }

    @Test
    void refusesNoLanguage() {
        assertThatThrownBy(() -> new PluginOptions(Set.of())).hasMessageStartingWith("language: empty");
    }
}
