package dev.vertxmicro.cli.registry;

import dev.vertxmicro.cli.terminal.Typed;
import dev.vertxmicro.command.Command;
import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.Usage;
import dev.vertxmicro.descriptor.ServiceDescriptor;
import dev.vertxmicro.launcher.overlay.Overlay;
import dev.vertxmicro.launcher.start.ClusterJoining;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** What the commands that look into a registry, or use a broker, have in common: which one, how long it may take, text or JSON. */
public abstract class RegistryCommand implements Command {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** For the commands. */
    public RegistryCommand() {}

    /** Adds the flags that they share. */
    public static Usage.Builder shared(Usage.Builder usage) {
        usage.flag("conf", "config", "A descriptor whose registry, or broker, is used.")
                .toggle("json", "Prints JSON for scripts.")
                .flag("timeout", "duration", "Time for one answer, such as 500ms or 5s (default 5s).")
                .toggle("cluster", "Joins the cluster, for --registry=eventbus or --broker=eventbus.");
        return Overlay.flags(ClusterJoining.flags(usage));
    }

    /** Gives the time for one answer. */
    public static Duration timeout(CommandLine line) {
        return Typed.duration(line, "timeout").orElse(TIMEOUT);
    }

    @Override
    public void run(CommandLine line) {
        timeout(line);
        ServiceDescriptor descriptor = RegistrySession.calling(line, line.value("conf"), json -> complete(line, json));
        RegistrySession session =
                line.has("cluster") ? RegistrySession.clustered(descriptor, line) : RegistrySession.open(descriptor);
        try {
            answer(line, session);
        } finally {
            session.endWrappers();
        }
        session.close();
    }

    /** Adds to what flags, environment and file say. */
    protected void complete(CommandLine line, JsonObject descriptor) {}

    /** Prints what the command is there for. */
    protected abstract void answer(CommandLine line, RegistrySession session);
}
