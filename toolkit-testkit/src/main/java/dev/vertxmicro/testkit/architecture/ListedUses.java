package dev.vertxmicro.testkit.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Holds that only listed classes, and what is nested in them, use certain packages, and that each of them still does. */
record ListedUses(Pattern packages, Map<String, String> reviewed) {
    ListedUses {
        reviewed = new TreeMap<>(reviewed);
    }

    WholeCondition condition() {
        return new WholeCondition("be listed where they use " + packages, this::problems);
    }

    private Stream<String> problems(List<JavaClass> types) {
        Map<String, String> met = new TreeMap<>();
        types.forEach(type -> type.getDirectDependenciesFromSelf().stream()
                .filter(dependency -> meant().test(dependency))
                .forEach(dependency -> met.merge(
                        topLevel(type),
                        dependency.getTargetClass().getName(),
                        (one, other) -> one.compareTo(other) < 0 ? one : other)));
        Set<String> problems = new TreeSet<>();
        met.forEach((type, used) -> {
            if (!reviewed.containsKey(type)) {
                problems.add(type + " uses " + used + " (expected: API only, or a reason in the list)");
            }
        });
        reviewed.keySet().stream()
                .filter(type -> !met.containsKey(type))
                .forEach(type -> problems.add(type + " is listed but uses none"));
        return problems.stream();
    }

    private DescribedPredicate<Dependency> meant() {
        return describe("are on packages " + packages, dependency -> packages.matcher(
                        dependency.getTargetClass().getBaseComponentType().getPackageName())
                .matches());
    }

    static String topLevel(JavaClass type) {
        return type.getName().replaceFirst("\\$.*", "");
    }
}
