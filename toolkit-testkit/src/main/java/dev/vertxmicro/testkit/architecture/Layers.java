package dev.vertxmicro.testkit.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The concepts of toolkit-core, from the ground up, each with what it may use. */
final class Layers {
    private static final Map<String, Set<String>> USES = table();

    /** What the concepts keep behind their own package; anything else that deep is an adapter. */
    private static final Set<String> ROOMS = Set.of(
            "broker.envelope",
            "broker.local",
            "client.retrying",
            "client.rpc",
            "codec.envelope",
            "codec.json",
            "codec.payload",
            "registry.local",
            "selector.balancing",
            "selector.caching",
            "selector.filtering",
            "server.events",
            "server.handlers",
            "server.load",
            "server.rpc",
            "transport.local");

    private Layers() {}

    private static Map<String, Set<String>> table() {
        Map<String, Set<String>> uses = new LinkedHashMap<>();
        uses.put("json", Set.of());
        uses.put("config", Set.of("error"));
        // The ground: what they use of each other is left to the rule against cycles.
        uses.put("error", Set.of("json", "message", "time"));
        uses.put("message", Set.of("config", "error", "time"));
        uses.put("time", Set.of("config", "error", "message"));
        on(uses, "codec", "json", "config", "error", "message", "time");
        on(uses, "transport", "codec");
        on(uses, "broker", "codec");
        on(uses, "registry", "config", "error", "message", "time");
        on(uses, "selector", "registry");
        on(uses, "client", "transport", "codec", "selector", "broker");
        on(uses, "server", "transport", "codec", "registry", "broker");
        on(uses, "wrapper", "client", "server");
        on(uses, "service", "client", "server", "registry", "broker", "wrapper");
        return uses;
    }

    /** Puts a layer on others: it may use them and all that they stand on. */
    private static void on(Map<String, Set<String>> uses, String layer, String... below) {
        Set<String> all = new TreeSet<>(Arrays.asList(below));
        for (String each : below) {
            all.addAll(uses.getOrDefault(each, Set.of()));
        }
        uses.put(layer, all);
    }

    static ArchRule rule(String root) {
        return rule(USES, layer -> root + "." + layer + "..");
    }

    /** Each layer may use those of its set, and no other of the table. */
    static ArchRule rule(Map<String, Set<String>> uses, UnaryOperator<String> packages) {
        Architectures.LayeredArchitecture rule = Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true);
        for (String layer : uses.keySet()) {
            rule = rule.layer(layer).definedBy(packages.apply(layer));
        }
        for (Map.Entry<String, Set<String>> each : uses.entrySet()) {
            Architectures.LayeredArchitecture.LayerDependencySpecification layer = rule.whereLayer(each.getKey());
            rule = each.getValue().isEmpty()
                    ? layer.mayNotAccessAnyLayer()
                    : layer.mayOnlyAccessLayers(each.getValue().toArray(String[]::new));
        }
        return rule.allowEmptyShould(true);
    }

    static String[] packages(String root) {
        return USES.keySet().stream().map(layer -> root + "." + layer + "..").toArray(String[]::new);
    }

    /** The classes of the concepts themselves, without the adapters a level deeper. */
    static DescribedPredicate<JavaClass> concepts(String root) {
        String[] packages = Stream.concat(USES.keySet().stream(), ROOMS.stream())
                .map(concept -> root + "." + concept)
                .toArray(String[]::new);
        return JavaClass.Predicates.resideInAnyPackage(packages);
    }

    static boolean isLayer(String name) {
        return USES.containsKey(name);
    }

    static boolean isRoom(String layer, String name) {
        return ROOMS.contains(layer + "." + name);
    }
}
