package dev.vertxmicro.command;

import dev.vertxmicro.config.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The commands that there are. Only the one that was typed is loaded and made; those of other jars are looked for when none of
 * ours has the name, and by help.
 */
public final class Commands {
    private static final String LAUNCHER = "dev.vertxmicro.launcher.";
    private static final String CLI = "dev.vertxmicro.cli.";

    /** In the order of help: what is typed, and the class that does it. */
    private static final String[][] OURS = {
        {"run", LAUNCHER + "run.RunVerticleCommand"},
        {"call", CLI + "call.CallCommand"},
        {"services", CLI + "registry.ServicesCommand"},
        {"describe", CLI + "registry.DescribeCommand"},
        {"watch", CLI + "registry.WatchCommand"},
        {"registry", CLI + "registry.CopyCommand"},
        {"health", CLI + "debug.HealthCommand"},
        {"stats", CLI + "debug.StatsCommand"},
        {"logs", CLI + "debug.LogsCommand"},
        {"publish", CLI + "broker.PublishCommand"},
        {"subscribe", CLI + "broker.SubscribeCommand"},
        {"demo", CLI + "demo.DemoCommand"},
        {"new", CLI + "project.NewCommand"},
        {"doctor", CLI + "doctor.DoctorCommand"},
        {"plugins", CLI + "plugins.PluginsCommand"},
        {"nodes", CLI + "nodes.NodesCommand"},
        {"cert", CLI + "cert.CertCommand"},
        {"diff", CLI + "diff.DiffCommand"},
        {"start", LAUNCHER + "run.StartProcessCommand"},
        {"stop", LAUNCHER + "process.StopProcessCommand"},
        {"list", LAUNCHER + "process.ListProcessesCommand"},
        {"bare", LAUNCHER + "start.BareVertxCommand"},
        {"completion", CLI + "CompletionCommand"},
        {"version", LAUNCHER + "PrintVersionCommand"},
        {"train", CLI + "train.TrainCommand"},
    };

    /** What Vert.x's launcher takes for a command. */
    private static final Map<String, String> OLD_NAMES =
            Map.of("--version", "version", "-version", "version", "-ha", "bare", "-HA", "bare");

    private Commands() {}

    /**
     * Finds a command.
     *
     * @param name what was typed
     * @return the command, or empty if nobody has one of that name
     */
    public static Optional<Command> find(String name) {
        for (String[] row : OURS) {
            if (row[0].equals(name)) {
                return Optional.of(make(row[1]));
            }
        }
        for (Command other : ServiceLoader.load(Command.class)) {
            if (other.usage().name().equals(name)) {
                return Optional.of(other);
            }
        }
        return Optional.empty();
    }

    /**
     * Finds a command that must be there.
     *
     * @param name what was typed
     * @return the command
     * @throws LaunchException if there is none
     */
    public static Command get(String name) {
        return find(name).orElseThrow(() -> {
            String nearest = Nearest.of(name, all().stream().map(Usage::name).toList())
                    .map(found -> " (nearest known: " + found + ")")
                    .orElse("");
            return LaunchException.usage("vertx " + name + ": unknown command" + nearest + "; see vertx --help");
        });
    }

    /**
     * Gives the usage of every command: ours, then those of other jars that have none of our names.
     *
     * @return all of them
     */
    public static List<Usage> all() {
        Map<String, Usage> all = new LinkedHashMap<>();
        for (String[] row : OURS) {
            all.put(row[0], make(row[1]).usage());
        }
        for (Command other : ServiceLoader.load(Command.class)) {
            all.putIfAbsent(other.usage().name(), other.usage());
        }
        return List.copyOf(all.values());
    }

    private static Command make(String type) {
        try {
            return Class.forName(type)
                    .asSubclass(Command.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + ": " + e, e);
        }
    }

    /**
     * Runs what was typed, or prints help.
     *
     * @param words the command and what it takes
     * @return true if the process goes on, false if all is done
     * @throws Exception what the command failed with
     */
    public static boolean run(String... words) throws Exception {
        if (words.length == 0 || Parser.asksForHelp(words[0])) {
            Help.print(Help.ofAll(all()));
            return false;
        }
        String name = OLD_NAMES.getOrDefault(words[0], words[0]);
        Command command = get(name);
        List<String> taken = new ArrayList<>(Arrays.asList(words).subList(1, words.length));
        if (asksForHelp(taken)) {
            Help.print(Help.of(command.usage()));
            return false;
        }
        CommandLine line = CommandLine.parse(command.usage(), taken);
        for (String property : line.values("D")) {
            int equals = property.indexOf('=');
            if (equals > 0) {
                System.setProperty(property.substring(0, equals), property.substring(equals + 1));
            }
        }
        command.run(line);
        return command.lasts();
    }

    private static boolean asksForHelp(List<String> words) {
        int end = words.indexOf("--");
        return (!words.isEmpty() && Parser.asksForHelp(words.get(0)))
                || (end < 0 ? words : words.subList(0, end)).contains("--help");
    }
}
