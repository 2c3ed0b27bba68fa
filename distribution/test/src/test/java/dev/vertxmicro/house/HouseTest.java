package dev.vertxmicro.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.testkit.architecture.Architecture;
import dev.vertxmicro.testkit.architecture.Module;
import dev.vertxmicro.testkit.architecture.ModuleRules;
import dev.vertxmicro.testkit.architecture.ShapeRules;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules about modules, packages and names, which fixtures of toolkit-testkit show to catch what they forbid. */
class HouseTest {
    private static final int TYPES = 15;

    private static final Architecture ARCHITECTURE = Architecture.of(House.ROOT);
    private static final ModuleRules BETWEEN_MODULES = ModuleRules.of(House.MODULES);
    private static final ShapeRules SHAPE = ShapeRules.of(House.ROOT);

    /** Modules for this project alone. */
    static final Set<String> OWN = Set.of("toolkit-bench", "interop/java");

    /** All their packages are for others: what adapters stand on, and are tested by. */
    static final Set<String> OPEN = Set.of("toolkit-engine", "toolkit-testkit");

    @Test
    void seesAllModules() {
        assertThat(House.MODULES.byName())
                .containsKeys("toolkit-core", "toolkit-engine", "toolkit-verticles", "toolkit-cli", "toolkit-testkit");
        assertThat(House.MODULES.byName().values().stream()
                        .filter(Module::plugin)
                        .map(Module::name))
                .hasSizeGreaterThanOrEqualTo(8)
                .allMatch(name -> name.startsWith("toolkit-plugins/"));
        assertThat(House.main().size()).isGreaterThan(700);
    }

    @Test
    void noPackagesNeedEachOther() {
        ARCHITECTURE.noCycles().check(House.main());
        ARCHITECTURE.factoriesAreListed().check(House.main());
    }

    @Test
    void noModulesNeedEachOther() {
        BETWEEN_MODULES.noCycles().check(House.main());
    }

    @Test
    void aPackageIsInOneModule() {
        BETWEEN_MODULES.packagesStandInOneModule().check(House.main());
    }

    @Test
    void pluginsIgnoreEachOther() {
        BETWEEN_MODULES.pluginsIgnoreEachOther().check(House.main());
    }

    @Test
    void aPluginHasOneRoot() {
        BETWEEN_MODULES.pluginsHaveOneRoot().check(House.main());
    }

    @Test
    void roomsAreForTheirModule() {
        BETWEEN_MODULES
                .roomsAreTheirModules(OPEN)
                // Benchmarks measure rooms by themselves.
                .check(House.main().that(describe("are no benchmarks", type -> !type.getPackageName()
                        .startsWith(House.ROOT + ".bench."))));
    }

    @Test
    void verticlesStandOnTheirRooms() {
        ARCHITECTURE
                .layers(Map.of(
                        "verticle",
                                Set.of(
                                        "verticle.broker..",
                                        "verticle.registry..",
                                        "descriptor..",
                                        "health..",
                                        "debug.."),
                        "verticle.broker..", Set.of("descriptor..", "verticle.ownership.."),
                        "verticle.registry..", Set.of("descriptor..", "verticle.ownership.."),
                        "verticle.ownership..", Set.of(),
                        "descriptor..", Set.of("health..", "debug.."),
                        "health..", Set.of(),
                        "debug..", Set.of()))
                .check(House.main());
    }

    @Test
    void commandsStandOnTheLauncher() {
        ARCHITECTURE
                .layers(Map.of(
                        "cli", Set.of("cli.*..", "launcher..", "command.."),
                        "cli.*..", Set.of("launcher..", "command.."),
                        "launcher..", Set.of("command.."),
                        "command..", Set.of()))
                .check(House.main());
    }

    @Test
    void packagesAreSmall() {
        SHAPE.packagesAreSmall(TYPES, Set.of()).check(House.main());
    }

    @Test
    void simpleNamesAreUnique() {
        SHAPE.simpleNamesAreUnique(Set.of()).check(House.main());
    }

    @Test
    void internalsOfVertxAreListed() {
        SHAPE.internalsAreListed(Internals.REVIEWED).check(House.main());
    }
}
