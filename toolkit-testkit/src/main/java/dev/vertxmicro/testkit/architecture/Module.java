package dev.vertxmicro.testkit.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Optional;
import java.util.Set;

/**
 * A module of a build.
 *
 * @param name     path of its folder, {@code toolkit-plugins/transport-http}
 * @param plugin   it has a provider for one of the toolkit's service interfaces, which it does not declare itself
 * @param packages those of its main classes
 * @param exports  what its module descriptor exports to all; empty if it has none
 * @param tested   its test classes are known too
 */
public record Module(String name, boolean plugin, Set<String> packages, Optional<Set<String>> exports, boolean tested) {
    /** Copies the sets. */
    public Module {
        packages = Set.copyOf(packages);
        exports = exports.map(Set::copyOf);
    }

    /**
     * Finds the package that all of its packages stand in or below.
     *
     * @return its name; {@code dev.vertxmicro.eventbus} of {@code dev.vertxmicro.eventbus.broker} and {@code
     *     dev.vertxmicro.eventbus.registry}
     */
    public String root() {
        return packages.stream().reduce(Module::common).orElse("");
    }

    private static String common(String one, String other) {
        String shared = one;
        while (!(other + ".").startsWith(shared + ".") && !shared.isEmpty()) {
            shared = shared.substring(0, Math.max(shared.lastIndexOf('.'), 0));
        }
        return shared;
    }

    /**
     * Tells whether a package is for others: the descriptor exports it, or, without a descriptor, it is a room of no other
     * package of the module.
     *
     * @param name of the package
     * @return true if it is API
     */
    public boolean offers(String name) {
        return exports.map(open -> open.contains(name))
                .orElseGet(() -> packages.stream().noneMatch(other -> name.startsWith(other + ".")));
    }

    /**
     * Tells whether a class is for others.
     *
     * @param type one of its classes
     * @return true if it stands in a package that is API
     */
    public boolean offers(JavaClass type) {
        return offers(type.getPackageName());
    }
}
