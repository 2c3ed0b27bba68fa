package dev.vertxmicro.testkit.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SliceRule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The places where a contract makes what stands in a room of its own, which itself stands on the contract: static methods, each with
 * the package it looks down into.
 */
record FactoryEdges(Map<String, String> edges) {
    FactoryEdges {
        edges = new TreeMap<>(edges);
    }

    /** Leaves these edges out of the search for cycles. */
    SliceRule without(SliceRule rule) {
        SliceRule left = rule;
        for (Map.Entry<String, String> edge : edges.entrySet()) {
            String owner = owner(edge.getKey());
            DescribedPredicate<JavaClass> contract =
                    describe(owner, type -> type.getName().equals(owner));
            DescribedPredicate<JavaClass> room =
                    describe(edge.getValue(), type -> type.getPackageName().equals(edge.getValue()));
            left = left.ignoreDependency(contract, room);
        }
        return left;
    }

    /** Asks that a contract reaches its room by these methods only, that they are static, and that each is there. */
    ArchRule areAll() {
        return ArchRuleDefinition.classes()
                .should(new WholeCondition("look into their rooms in static factories only", this::problems))
                .allowEmptyShould(true);
    }

    private Stream<String> problems(List<JavaClass> types) {
        Set<String> used = new TreeSet<>();
        Set<String> problems = new TreeSet<>();
        for (JavaClass type : types) {
            Set<String> rooms = rooms(type);
            type.getDirectDependenciesFromSelf().stream()
                    .filter(dependency -> rooms.contains(room(dependency)))
                    .forEach(dependency -> {
                        Set<String> by = factories(type, dependency);
                        used.addAll(by);
                        if (by.isEmpty()) {
                            problems.add(dependency.getDescription() + " (expected: in a static factory of the list)");
                        }
                    });
        }
        edges.keySet().stream()
                .filter(edge -> !used.contains(edge))
                .forEach(edge -> problems.add(edge + " is listed but reaches nothing in " + edges.get(edge)));
        return problems.stream();
    }

    private Set<String> rooms(JavaClass type) {
        return edges.entrySet().stream()
                .filter(edge -> owner(edge.getKey()).equals(type.getName()))
                .map(Map.Entry::getValue)
                .collect(Collectors.toSet());
    }

    private static String room(Dependency dependency) {
        return dependency.getTargetClass().getBaseComponentType().getPackageName();
    }

    /** The listed methods by which a class has this dependency; none if it has it otherwise. */
    private Set<String> factories(JavaClass type, Dependency dependency) {
        Set<String> factories = type.getAccessesFromSelf().stream()
                .filter(access -> access.getTargetOwner().equals(dependency.getTargetClass()))
                .filter(access -> dependency.getSourceCodeLocation().equals(access.getSourceCodeLocation()))
                .map(JavaAccess::getOrigin)
                .filter(origin -> origin.getModifiers().contains(JavaModifier.STATIC))
                .map(origin -> type.getName() + "." + origin.getName())
                .collect(Collectors.toSet());
        factories.removeIf(method -> !room(dependency).equals(edges.get(method)));
        return factories;
    }

    private static String owner(String method) {
        return method.substring(0, method.lastIndexOf('.'));
    }
}
