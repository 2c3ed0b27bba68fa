package dev.vertxmicro.testkit.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CoreArchitectureTest {
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(location -> location.contains("toolkit-core"))
            .importPackages("dev.vertxmicro");

    static Stream<ArchRule> rules() {
        Architecture architecture = Architecture.of("dev.vertxmicro");
        return Stream.of(
                architecture.layers(),
                architecture.everyConceptHasItsLayer(),
                architecture.noCycles(),
                architecture.secretsAreHidden("dev.vertxmicro.config.Secret"),
                architecture.engineFree(),
                architecture.adaptersIgnoreEachOther());
    }

    @Test
    void findsToolkitCore() {
        assertThat(CORE).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void keepsItsShape(ArchRule rule) {
        rule.check(CORE);
    }
}
