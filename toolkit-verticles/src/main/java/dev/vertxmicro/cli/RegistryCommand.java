package dev.vertxmicro.cli;

import dev.vertxmicro.descriptor.ServiceDescriptor;
import io.vertx.core.cli.CommandLine;
import io.vertx.core.cli.annotations.Description;
import io.vertx.core.cli.annotations.Option;
import io.vertx.core.json.JsonObject;
import io.vertx.core.spi.launcher.DefaultCommand;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the commands that look into a registry, or use a broker, have in common: which one, how long it may take, text or JSON. */
public abstract class RegistryCommand extends DefaultCommand {
    private @Nullable String conf;
    private boolean json;
    private boolean cluster;
    private @Nullable String clusterHost;
    private Duration timeout = Duration.ofSeconds(5);

    /** For the commands. */
    RegistryCommand() {}

    /**
     * Sets a descriptor to take registry and broker from.
     *
     * @param source a file or JSON
     */
    @Option(longName = "conf", argName = "config")
    @Description("A descriptor whose registry, or broker, is used.")
    public void setConf(String source) {
        conf = source;
    }

    /**
     * Asks for JSON.
     *
     * @param asked true for JSON
     */
    @Option(longName = "json", flag = true)
    @Description("Prints JSON for scripts.")
    public void setJson(boolean asked) {
        json = asked;
    }

    /**
     * Sets how long registry or broker may take for one answer.
     *
     * @param text as Go writes it
     */
    @Option(longName = "timeout", argName = "duration")
    @Description("Time for one answer, such as 500ms or 5s (default 5s).")
    public void setTimeout(String text) {
        timeout = Typed.duration("--timeout", text);
    }

    /**
     * Joins the cluster.
     *
     * @param asked true to be a member
     */
    @Option(longName = "cluster", flag = true)
    @Description("Joins the cluster, for --registry=eventbus or --broker=eventbus.")
    public void setCluster(boolean asked) {
        cluster = asked;
    }

    /**
     * Sets where members of the cluster reach this one.
     *
     * @param host name or address of this host
     */
    @Option(longName = "cluster-host", argName = "host")
    @Description("Host to listen on for the cluster.")
    public void setClusterHost(String host) {
        clusterHost = host;
    }

    @Override
    public final void run() {
        answer(executionContext.commandLine());
        System.exit(0);
    }

    /** Does all but end the process. */
    void answer(CommandLine line) {
        ServiceDescriptor descriptor = RegistrySession.descriptor(line, conf, this::complete);
        RegistrySession session =
                cluster ? RegistrySession.clustered(descriptor, clusterHost) : RegistrySession.open(descriptor);
        answer(session);
        session.close();
    }

    /** Adds to what flags, environment and file say. */
    void complete(JsonObject descriptor) {}

    /** Prints what the command is there for. */
    abstract void answer(RegistrySession session);

    final boolean json() {
        return json;
    }

    final Duration timeout() {
        return timeout;
    }
}
