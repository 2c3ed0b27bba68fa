package dev.vertxmicro.testkit.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The modules of a code base and their classes, read once. Immutable, for any thread.
 *
 * <pre>{@code
 * Modules modules = Modules.onClassPath("dev.vertxmicro");
 * Architecture.of("dev.vertxmicro").noCycles(Map.of()).check(modules.main());
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
     * Reads the modules that the class path of this JVM holds: entries with classes below the root, and the test classes
     * that stand beside them.
     *
     * @param root the package under which they live, such as {@code dev.vertxmicro}
     * @return the modules
     */
    public static Modules onClassPath(String root) {
        List<ModuleFiles> found = ModuleFiles.onClassPath(root);
        List<Path> places = new ArrayList<>();
        found.forEach(each -> places.addAll(each.places()));
        JavaClasses all = new ClassFileImporter()
                .importPaths(places)
                .that(DescribedPredicate.describe(
                        "live below " + root, type -> type.getPackageName().startsWith(root)));
        Map<String, ModuleFiles> files = new HashMap<>();
        all.forEach(type -> found.stream()
                .filter(each -> each.holds(source(type)))
                .findFirst()
                .ifPresent(each -> files.put(type.getName(), each)));
        JavaClasses main =
                all.that(DescribedPredicate.describe("are not of tests", type -> !ModuleFiles.isOfTests(source(type))));
        Map<ModuleFiles, Module> modules = new HashMap<>();
        found.forEach(each ->
                modules.put(each, each.module(root, packages(main, type -> each.equals(files.get(type.getName()))))));
        Map<String, Module> byClass = new HashMap<>();
        files.forEach((type, place) -> byClass.put(type, modules.get(place)));
        return new Modules(byClass, main, all);
    }

    /** For fixtures: classes that stand in one place, each of a module that a test makes up. */
    static Modules of(JavaClasses classes, Function<JavaClass, Module> moduleOf) {
        Map<String, Module> byClass = new HashMap<>();
        classes.forEach(type -> byClass.put(type.getName(), moduleOf.apply(type)));
        return new Modules(byClass, classes, classes);
    }

    private static Collection<String> packages(JavaClasses classes, Function<JavaClass, Boolean> ofIt) {
        Collection<String> packages = new TreeSet<>();
        classes.stream().filter(ofIt::apply).forEach(type -> packages.add(type.getPackageName()));
        return packages;
    }

    private static String source(JavaClass type) {
        return type.getSource().map(source -> source.getUri().toString()).orElse("");
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
