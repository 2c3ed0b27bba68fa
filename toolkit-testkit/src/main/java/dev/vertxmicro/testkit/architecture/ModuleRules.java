package dev.vertxmicro.testkit.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Makes the rules about which module may know what of another. Each rule is for one check of the main classes, unless it says more. */
public final class ModuleRules {
    private final Modules modules;

    private ModuleRules(Modules modules) {
        this.modules = modules;
    }

    /**
     * Makes the rules for modules.
     *
     * @param modules whose classes will be checked
     * @return the rules
     */
    public static ModuleRules of(Modules modules) {
        return new ModuleRules(modules);
    }

    /**
     * Forbids that two modules need each other, at whatever distance.
     *
     * @return the rule
     */
    public ArchRule noCycles() {
        return slices().assignedFrom(new ModuleSlices(modules, "modules", module -> true))
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true);
    }

    /**
     * Keeps plugins apart: none knows another.
     *
     * @return the rule
     */
    public ArchRule pluginsIgnoreEachOther() {
        return slices().assignedFrom(new ModuleSlices(modules, "plugins", Module::plugin))
                .should()
                .notDependOnEachOther()
                .allowEmptyShould(true);
    }

    /**
     * Forbids that a package is in two modules, which no module path takes.
     *
     * @return the rule
     */
    public ArchRule packagesStandInOneModule() {
        return classes()
                .should(new WholeCondition("stand in a package of one module", types -> {
                    Map<String, Set<String>> homes = new TreeMap<>();
                    types.forEach(type -> modules.of(type)
                            .ifPresent(module -> homes.computeIfAbsent(type.getPackageName(), name -> new TreeSet<>())
                                    .add(module.name())));
                    return homes.entrySet().stream()
                            .filter(each -> each.getValue().size() > 1)
                            .map(each -> each.getKey() + " is in " + String.join(" and ", each.getValue()));
                }))
                .allowEmptyShould(true);
    }

    /**
     * Asks that all packages of a plugin stand below one, where no other module has any.
     *
     * @return the rule
     */
    public ArchRule pluginsHaveOneRoot() {
        return classes()
                .should(new WholeCondition(
                        "stand below the one root package of their plugin", types -> modules.byName().values().stream()
                                .filter(Module::plugin)
                                .flatMap(this::guests)))
                .allowEmptyShould(true);
    }

    private Stream<String> guests(Module plugin) {
        String root = plugin.root();
        return modules.byName().values().stream()
                .filter(other -> !other.equals(plugin))
                .filter(other -> other.packages().stream().anyMatch(each -> (each + ".").startsWith(root + ".")))
                .map(other -> plugin.name() + " has all its packages below " + root + ", where " + other.name()
                        + " has some too");
    }

    /**
     * Forbids use of what a module keeps to itself: packages that its descriptor does not export or, without a descriptor, that stand
     * below another of its packages. Main and test classes may be checked.
     *
     * @param open names of modules all of whose packages are for others
     * @return the rule
     */
    public ArchRule roomsAreTheirModules(Set<String> open) {
        return classes().should(new ClosedRooms(open::contains)).allowEmptyShould(true);
    }

    private final class ClosedRooms extends ArchCondition<JavaClass> {
        private final Predicate<String> open;

        ClosedRooms(Predicate<String> open) {
            super("use no room of another module");
            this.open = open;
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            Optional<Module> own = modules.of(type);
            type.getDirectDependenciesFromSelf().stream()
                    .filter(dependency -> modules.of(dependency.getTargetClass())
                            .filter(module -> !open.test(module.name()) && !own.equals(Optional.of(module)))
                            .filter(module -> !module.offers(target(dependency)))
                            .isPresent())
                    .forEach(dependency ->
                            events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription())));
        }

        private static JavaClass target(Dependency dependency) {
            return dependency.getTargetClass().getBaseComponentType();
        }
    }
}
