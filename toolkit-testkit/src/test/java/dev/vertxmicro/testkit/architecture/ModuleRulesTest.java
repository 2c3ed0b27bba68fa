package dev.vertxmicro.testkit.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each rule catches the one slip that its modules make. */
class ModuleRulesTest {
    private static final String ROOT = "dev.vertxmicro.fixture.modules";
    private static final Module ENGINE =
            module("engine", false, Optional.of(Set.of(ROOT + ".engine")), "engine", "engine.pool");
    private static final Module HTTP = module("http", true, Optional.empty(), "http", "http.call");
    private static final Module MDNS = module("mdns", true, Optional.empty(), "mdns", "mdns.wire");

    @Test
    void catchesModulesThatNeedEachOther() {
        Map<String, Module> ring = Map.of(
                "ring.left", module("left", false, Optional.empty(), "ring.left"),
                "ring.right", module("right", false, Optional.empty(), "ring.right"));

        assertThat(violations(ring, ModuleRules::noCycles))
                .singleElement()
                .asString()
                .contains("Slice left", "Slice right");
    }

    @Test
    void catchesAPluginThatKnowsAnother() {
        assertThat(violations(
                        Map.of("engine", ENGINE, "http", HTTP, "mdns", MDNS), ModuleRules::pluginsIgnoreEachOther))
                .singleElement()
                .asString()
                .contains("Slice mdns depends on Slice http", "MdnsRegistry.transport()");
    }

    @Test
    void letsOthersThanPluginsKnowAPlugin() {
        Module verticles = module("verticles", false, Optional.empty(), "mdns", "mdns.wire");

        assertThat(violations(Map.of("http", HTTP, "mdns", verticles), ModuleRules::pluginsIgnoreEachOther))
                .isEmpty();
    }

    @Test
    void catchesAPackageInTwoModules() {
        Modules torn = Modules.of(
                new ClassFileImporter().importPackages("dev.vertxmicro.fixture.names.selector"),
                type -> type.getSimpleName().equals("Selector") ? HTTP : MDNS);

        assertThat(violations(torn, ModuleRules::packagesStandInOneModule))
                .containsExactly("dev.vertxmicro.fixture.names.selector is in http and mdns");
    }

    @Test
    void catchesAPluginOfTwoRoots() {
        Module two = module("mdns", true, Optional.empty(), "mdns", "mdns.wire", "dns");

        assertThat(violations(Map.of("mdns", two, "dns", two, "http", HTTP), ModuleRules::pluginsHaveOneRoot))
                .containsExactly("mdns has all its packages below " + ROOT + ", where http has some too");
    }

    @Test
    void knowsTheRootOfSiblings() {
        assertThat(module("eventbus", true, Optional.empty(), "bus.broker", "bus.registry")
                        .root())
                .isEqualTo(ROOT + ".bus");
        assertThat(HTTP.root()).isEqualTo(ROOT + ".http");
    }

    @Test
    void catchesUseOfWhatAModuleKeepsToItself() {
        Map<String, Module> modules = Map.of("engine", ENGINE, "http", HTTP, "mdns", MDNS);

        assertThat(violations(modules, rules -> rules.roomsAreTheirModules(Set.of())))
                .singleElement()
                .asString()
                .contains("http.call.HttpCall.pool()", "engine.pool.Pool");
        assertThat(violations(modules, rules -> rules.roomsAreTheirModules(Set.of("engine"))))
                .isEmpty();
    }

    private static Module module(String name, boolean plugin, Optional<Set<String>> exports, String... packages) {
        Set<String> all = Stream.of(packages).map(each -> ROOT + "." + each).collect(Collectors.toSet());
        return new Module(name, plugin, all, exports, true);
    }

    /** The fixtures whose packages begin with a key are of its module. */
    private static List<String> violations(Map<String, Module> modules, Function<ModuleRules, ArchRule> rule) {
        String[] packages =
                modules.keySet().stream().map(each -> ROOT + "." + each).toArray(String[]::new);
        return violations(
                Modules.of(new ClassFileImporter().importPackages(packages), type -> modules.get(key(modules, type))),
                rule);
    }

    private static String key(Map<String, Module> modules, JavaClass type) {
        return modules.keySet().stream()
                .filter(each -> (type.getPackageName() + ".").startsWith(ROOT + "." + each + "."))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> violations(Modules modules, Function<ModuleRules, ArchRule> rule) {
        return rule.apply(ModuleRules.of(modules))
                .evaluate(modules.main())
                .getFailureReport()
                .getDetails();
    }
}
