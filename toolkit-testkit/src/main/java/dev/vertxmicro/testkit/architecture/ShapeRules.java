package dev.vertxmicro.testkit.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes the rules about packages and names: how many types, which names, who uses what is not meant for others. Main classes are to be
 * checked. Immutable, for any thread; each rule is for one check.
 */
public final class ShapeRules {
    /** What Vert.x and its modules keep to themselves. */
    private static final Pattern INTERNALS =
            Pattern.compile("io\\.vertx\\.core\\.internal(\\..*)?|io\\.vertx\\.(.*\\.)?impl(\\..*)?");

    private final String root;

    private ShapeRules(String root) {
        this.root = root;
    }

    /**
     * Makes the rules for the packages below a root.
     *
     * @param root the package under which the concepts live, such as {@code dev.vertxmicro}
     * @return the rules
     */
    public static ShapeRules of(String root) {
        return new ShapeRules(root);
    }

    /**
     * Forbids packages of more types than a reader keeps in mind. Nested types do not count.
     *
     * @param limit how many types a package may have
     * @param large packages that still have more; each of them must
     * @return the rule
     */
    public ArchRule packagesAreSmall(int limit, Set<String> large) {
        return rule("stand in packages of at most " + limit + " types", types -> {
            Map<String, Set<String>> packages = names(types, JavaClass::getPackageName);
            Stream<String> grown = packages.entrySet().stream()
                    .filter(each -> each.getValue().size() > limit && !large.contains(each.getKey()))
                    .map(each -> each.getKey() + " has " + each.getValue().size() + " types (expected: <= " + limit
                            + "): " + String.join(", ", each.getValue()));
            Stream<String> shrunk = large.stream()
                    .filter(each -> packages.getOrDefault(each, Set.of()).size() <= limit)
                    .map(each -> each + " is listed as large but is not");
            return Stream.concat(grown, shrunk);
        });
    }

    /**
     * Forbids that two types have one simple name, which a reader, a log line and a search cannot tell apart.
     *
     * @param reviewed names that may; each of them must be there twice
     * @return the rule
     */
    public ArchRule simpleNamesAreUnique(Set<String> reviewed) {
        return rule("have a simple name of their own", types -> {
            Map<String, Set<String>> named = new TreeMap<>(types.stream()
                    .collect(groupingBy(
                            JavaClass::getSimpleName, mapping(JavaClass::getName, toCollection(TreeSet::new)))));
            named.values().removeIf(each -> each.size() < 2);
            Stream<String> shared = named.entrySet().stream()
                    .filter(each -> !reviewed.contains(each.getKey()))
                    .map(each -> String.join(" and ", each.getValue()) + " have one simple name");
            Stream<String> gone = reviewed.stream()
                    .filter(each -> !named.containsKey(each))
                    .map(each -> each + " is listed but is the name of one type at most");
            return Stream.concat(shared, gone);
        });
    }

    /**
     * Asks that who uses what Vert.x keeps to itself, and may change with any release, is known: classes named with their reason.
     *
     * @param reviewed names of classes, and why the API does not do; each of them must still use internals
     * @return the rule
     */
    public ArchRule internalsAreListed(Map<String, String> reviewed) {
        return classes()
                .that(resideInAPackage(root + ".."))
                .should(new ListedUses(INTERNALS, reviewed).condition())
                .allowEmptyShould(true);
    }

    private ArchRule rule(String description, Function<List<JavaClass>, Stream<String>> problems) {
        return classes()
                .that(resideInAPackage(root + ".."))
                .and(com.tngtech.archunit.base.DescribedPredicate.describe(
                        "are types by themselves", ShapeRules::counts))
                .should(new WholeCondition(description, problems))
                .allowEmptyShould(true);
    }

    private static Map<String, Set<String>> names(List<JavaClass> types, Function<JavaClass, String> group) {
        return new TreeMap<>(types.stream()
                .collect(groupingBy(group, mapping(JavaClass::getSimpleName, toCollection(TreeSet::new)))));
    }

    private static boolean counts(JavaClass type) {
        return type.isTopLevelClass()
                && !type.getSimpleName().endsWith("-info")
                && type.getAnnotations().stream()
                        .noneMatch(each -> each.getRawType().getSimpleName().equals("Generated"));
    }
}
