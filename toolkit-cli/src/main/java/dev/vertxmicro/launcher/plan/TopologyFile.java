package dev.vertxmicro.launcher.plan;

import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.config.ConfigException;
import dev.vertxmicro.config.Nearest;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.launcher.overlay.ConfigFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A list of verticles, for one process or for several: what stands in {@code verticles} runs in each, what stands in {@code nodes} in
 * those of that name.
 */
final class TopologyFile {
    private static final String VERTICLES = "verticles";
    private static final String NODES = "nodes";
    private static final String FLAG = "--node";

    private TopologyFile() {}

    /**
     * Reads the verticles of one process.
     *
     * @param file what was read
     * @param node the name of the process, where the file has several
     * @return a section each, in the order of deployment; those of other processes are looked at, too
     * @throws LaunchException if the node must be named, or is not there
     * @throws ConfigException if a list or its elements are none
     */
    static List<Section> verticles(ConfigFile file, Optional<String> node) {
        Section root = Section.root(file.json());
        List<Section> all = new ArrayList<>(root.sections(VERTICLES));
        Section nodes = root.section(NODES);
        Set<String> names = root.object(NODES).fieldNames();
        for (String name : names) {
            Section one = nodes.section(name);
            List<Section> its = one.sections(VERTICLES);
            its.stream().filter(each -> !node.equals(Optional.of(name))).forEach(TopologyFile::look);
            if (node.equals(Optional.of(name))) {
                all.addAll(its);
            }
        }
        root.end();
        check(file, node, names);
        if (all.isEmpty()) {
            String path = node.map(name -> "$." + NODES + "." + name + ".").orElse("$.") + VERTICLES;
            throw new ConfigException(path, "none (expected: a list of {\"main\", \"options\"})");
        }
        return all;
    }

    private static void check(ConfigFile file, Optional<String> node, Set<String> names) {
        if (names.isEmpty()) {
            node.ifPresent(name -> {
                throw LaunchException.usage(FLAG + ": " + name + " (expected: none; " + file.name() + " has no nodes)");
            });
        } else if (node.isEmpty()) {
            throw LaunchException.usage(FLAG + ": missing (expected: one of the nodes of " + file.name() + ": "
                    + String.join(", ", names) + ")");
        } else if (!names.contains(node.get())) {
            throw LaunchException.usage(FLAG + ": \"" + node.get() + "\" (expected: a node of " + file.name() + "; "
                    + Nearest.hint(node.get(), names) + ")");
        }
    }

    /** Reads a verticle of another process, whose class need not be here. */
    private static void look(Section verticle) {
        verticle.string("main", "");
        Section options = verticle.section("options");
        PlannedOptions.from(options);
        options.object("config");
        verticle.end();
    }
}
