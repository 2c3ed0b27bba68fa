package dev.vertxmicro.launcher.start;

import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.Flag;
import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.command.Usage;
import dev.vertxmicro.launcher.UserClasses;
import dev.vertxmicro.launcher.overlay.ConfigFile;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxException;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Joins the cluster as flags say: which cluster manager, which host, which settings of the event bus. */
public final class ClusterJoining {
    private static final int LONGEST_SECONDS = 120;

    private ClusterJoining() {}

    /** Adds the flags of a command that joins the cluster to look around in it. */
    public static Usage.Builder flags(Usage.Builder usage) {
        return usage.flag("cluster-host", "host", "Host to listen on for the cluster.")
                .add(ClusterChoice.flag())
                .add(new Flag(
                        "classpath",
                        "cp",
                        "path",
                        "Further jars and directories, such as those of a cluster manager.",
                        Flag.Kind.ONCE))
                .flag("options", "options", "Options of Vert.x, as for run: a JSON file, or JSON itself.");
    }

    /**
     * Joins for the length of a command.
     *
     * @param line    with those flags
     * @param options of the Vert.x; those of its event bus are the ones that {@code -options} has
     * @return the member
     * @throws LaunchException if it cannot join
     */
    public static Vertx join(CommandLine line, VertxOptions options) {
        options.setEventBusOptions(
                settings(EventBusSettings.completed(asked(line))).getEventBusOptions());
        line.value("cluster-host").ifPresent(options.getEventBusOptions()::setHost);
        secured(options);
        ClassLoader loader = UserClasses.of(line.value("classpath", ""));
        try {
            return joined(Vertx.builder().with(options), line, loader);
        } catch (VertxException | IllegalStateException | IllegalArgumentException e) {
            throw LaunchException.failed(String.valueOf(e.getMessage()));
        }
    }

    /** Keeps the log readable where members have certificates that others do not trust. */
    static void secured(VertxOptions options) {
        if (options.getEventBusOptions().isSsl()) {
            HandshakeLines.install();
        }
    }

    /** Reads {@code -options}. */
    static JsonObject asked(CommandLine line) {
        return line.value("options")
                .map(source -> ConfigFile.read("-options", source).json())
                .orElseGet(JsonObject::new);
    }

    /** Makes options of JSON, and lays the system properties for the event bus over them. */
    static VertxOptions settings(JsonObject json) {
        try {
            VertxOptions options = json.isEmpty() ? new VertxOptions() : new VertxOptions(json);
            OptionProperties.set(options.getEventBusOptions(), OptionProperties.EVENT_BUS);
            return options;
        } catch (IllegalArgumentException | ClassCastException e) {
            throw LaunchException.usage("-options: " + e.getMessage());
        }
    }

    /** Joins, and waits for it. */
    static Vertx joined(VertxBuilder builder, CommandLine line, ClassLoader loader) {
        Future<Vertx> joining = builder.withClusterManager(ClusterChoice.of(line, System.getenv(), loader))
                .buildClustered();
        try {
            return joining.toCompletionStage().toCompletableFuture().get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | CompletionException e) {
            throw new VertxException("cluster: " + (e.getCause() == null ? e : e.getCause()), e);
        } catch (TimeoutException e) {
            throw new VertxException("cluster: not joined within " + LONGEST_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VertxException("cluster: interrupted", e);
        }
    }
}
