package dev.vertxmicro.testkit.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.resolvers.SelectedClassResolverFromClasspath;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The modules of a build and their classes, read once. Immutable, for any thread.
 *
 * <pre>{@code
 * Modules modules = Modules.builtIn(directory, "dev.vertxmicro");
 * ModuleRules.of(modules).pluginsIgnoreEachOther().check(modules.main());
 * }</pre>
 */
public final class Modules {
    private final Map<String, Module> byClass;
    private final JavaClasses main;
    private final JavaClasses all;

    private Modules(Map<String, Module> byClass, JavaClasses main, JavaClasses all) {
        this.byClass = byClass;
        this.main = main;
        this.all = all;
    }

    /**
     * Reads the modules of a Maven build, those that are compiled.
     *
     * @param top  folder of the parent pom, which names them
     * @param root the package under which their classes live, such as {@code dev.vertxmicro}; others are left out
     * @return the modules
     */
    public static Modules builtIn(Path top, String root) {
        List<ModuleFiles> found = ModuleFiles.in(top);
        JavaClasses all = read(found.stream().flatMap(ModuleFiles::places).toList())
                .that(describe("live below " + root, type -> (type.getPackageName() + ".").startsWith(root + ".")));
        Map<String, Module> byClass = new HashMap<>();
        Set<String> ofMain = new HashSet<>();
        for (ModuleFiles files : found) {
            Set<JavaClass> main = in(files.classes(), all);
            Set<String> packages = main.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
            Module module = files.module(root + ".spi", packages);
            main.forEach(type -> ofMain.add(type.getName()));
            main.forEach(type -> byClass.put(type.getName(), module));
            in(files.tests(), all).forEach(type -> byClass.put(type.getName(), module));
        }
        return new Modules(
                byClass, all.that(describe("are not of tests", type -> ofMain.contains(type.getName()))), all);
    }

    /** Of libraries only what tests are annotated with: to read all that is mentioned takes most of the time. */
    private static JavaClasses read(List<Path> places) {
        return ArchConfiguration.withThreadLocalScope(configuration -> {
            configuration.setClassResolver(SelectedClassResolverFromClasspath.class);
            configuration.setClassResolverArguments("org.junit.jupiter");
            return new ClassFileImporter().importPaths(places);
        });
    }

    private static Set<JavaClass> in(Path folder, JavaClasses classes) {
        String place = folder.toUri().toString();
        return classes.stream()
                .filter(type -> type.getSource()
                        .filter(source -> source.getUri().toString().startsWith(place))
                        .isPresent())
                .collect(Collectors.toSet());
    }

    /** For fixtures: classes that stand in one place, each of a module that a test makes up. */
    static Modules of(JavaClasses classes, Function<JavaClass, Module> moduleOf) {
        Map<String, Module> byClass = new HashMap<>();
        classes.forEach(type -> byClass.put(type.getName(), moduleOf.apply(type)));
        return new Modules(byClass, classes, classes);
    }

    /**
     * Gives the classes that are no tests.
     *
     * @return the classes of all modules
     */
    public JavaClasses main() {
        return main;
    }

    /**
     * Gives all classes.
     *
     * @return main and test classes of all modules
     */
    public JavaClasses all() {
        return all;
    }

    /**
     * Gives the modules.
     *
     * @return by name
     */
    public Map<String, Module> byName() {
        Map<String, Module> named = new TreeMap<>();
        byClass.values().forEach(each -> named.put(each.name(), each));
        return named;
    }

    /**
     * Finds the module of a class.
     *
     * @param type the class, main or test
     * @return its module; empty if it is of a library
     */
    public Optional<Module> of(JavaClass type) {
        return Optional.ofNullable(byClass.get(type.getBaseComponentType().getName()));
    }
}
