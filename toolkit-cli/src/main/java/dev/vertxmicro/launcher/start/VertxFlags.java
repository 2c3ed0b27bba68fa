package dev.vertxmicro.launcher.start;

import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.Flag;
import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.command.Usage;
import java.util.List;

/** The flags of Vert.x's own launcher that say which Vert.x a command starts. */
public final class VertxFlags {
    private static final List<String> OF_CLUSTER =
            List.of("cluster-host", "cluster-port", "cluster-public-host", "cluster-public-port", "cluster-manager");
    private static final List<String> OF_HA = List.of("hagroup", "quorum");

    private VertxFlags() {}

    /** Adds the flags to a usage. */
    public static Usage.Builder on(Usage.Builder usage) {
        return usage.add(new Flag(
                        "classpath",
                        "cp",
                        "path",
                        "Further jars and directories with the verticle's classes.",
                        Flag.Kind.ONCE))
                .flag("options", "options", "Options of Vert.x: a JSON file, or JSON itself.")
                .flag("cluster-host", "host", "Host to listen on for the cluster; default one of this machine's.")
                .flag("cluster-port", "port", "Port to listen on for the cluster; default any.")
                .flag("cluster-public-host", "host", "Host at which other members reach this one.")
                .flag("cluster-public-port", "port", "Port at which other members reach this one.")
                .add(ClusterChoice.flag())
                .flag("hagroup", "group", "Group of members that take over each other's verticles, with --ha.")
                .flag("quorum", "members", "Members that must be there before a verticle runs, with --ha.")
                .add(new Flag("cwd", "", "dir", "Directory whose files --redeploy watches.", Flag.Kind.HIDDEN));
    }

    /** Refuses flags that count for nothing without another. */
    public static void check(CommandLine line, boolean clustered, boolean ha) {
        if (!clustered) {
            refuse(line, OF_CLUSTER, "--cluster");
        }
        if (!ha) {
            refuse(line, OF_HA, "--ha");
        }
    }

    private static void refuse(CommandLine line, List<String> flags, String without) {
        flags.stream().filter(line::has).findFirst().ifPresent(flag -> {
            throw LaunchException.usage("--" + flag + ": without " + without + " (expected: both)");
        });
    }
}
