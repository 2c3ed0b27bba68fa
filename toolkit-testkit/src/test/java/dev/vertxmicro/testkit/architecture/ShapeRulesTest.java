package dev.vertxmicro.testkit.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Each rule catches the one slip its fixture makes, and an entry of its list that is no longer needed. */
class ShapeRulesTest {
    private static final String FIXTURES = "dev.vertxmicro.fixture.";

    @Test
    void catchesAPackageOfTooManyTypes() {
        assertThat(violations("names", rules -> rules.packagesAreSmall(2, Set.of())))
                .isEmpty();
        assertThat(violations("names", rules -> rules.packagesAreSmall(1, Set.of())))
                .containsExactly(FIXTURES + "names.selector has 2 types (expected: <= 1): Filter, Selector");
        assertThat(violations("names", rules -> rules.packagesAreSmall(1, Set.of(FIXTURES + "names.selector"))))
                .isEmpty();
        assertThat(violations("names", rules -> rules.packagesAreSmall(2, Set.of(FIXTURES + "names.selector"))))
                .containsExactly(FIXTURES + "names.selector is listed as large but is not");
    }

    @Test
    void catchesTwoTypesOfOneName() {
        assertThat(violations("names", rules -> rules.simpleNamesAreUnique(Set.of())))
                .containsExactly(FIXTURES + "names.registry.Filter and " + FIXTURES
                        + "names.selector.Filter have one simple name");
        assertThat(violations("names", rules -> rules.simpleNamesAreUnique(Set.of("Filter", "Selector"))))
                .containsExactly("Selector is listed but is the name of one type at most");
    }

    @Test
    void catchesInternalsOfVertx() {
        assertThat(violations("internals", rules -> rules.internalsAreListed(Map.of())))
                .singleElement()
                .asString()
                .contains("internals.Clock uses io.vertx.core.internal.ContextInternal");
        assertThat(violations(
                        "internals",
                        rules -> rules.internalsAreListed(
                                Map.of(FIXTURES + "internals.Clock", "", FIXTURES + "internals.Calm", ""))))
                .containsExactly(FIXTURES + "internals.Calm is listed but uses none");
    }

    private static List<String> violations(String fixture, Function<ShapeRules, ArchRule> rule) {
        return rule.apply(ShapeRules.of(FIXTURES + fixture))
                .evaluate(new ClassFileImporter().importPackages(FIXTURES + fixture))
                .getFailureReport()
                .getDetails();
    }
}
