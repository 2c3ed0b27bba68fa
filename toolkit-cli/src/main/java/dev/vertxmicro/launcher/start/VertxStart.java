package dev.vertxmicro.launcher.start;

import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.command.Stopping;
import dev.vertxmicro.launcher.MicroLauncher;
import dev.vertxmicro.launcher.UnhandledExceptions;
import dev.vertxmicro.verticle.ClusterMember;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxException;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.spi.VertxMetricsFactory;
import io.vertx.core.spi.VertxServiceProvider;
import io.vertx.core.spi.VertxTracerFactory;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes the Vert.x that flags and system properties ask for, as Vert.x's own launcher does, and closes it at the end. */
public final class VertxStart {
    private static final System.Logger LOG = System.getLogger(VertxStart.class.getName());
    private static final int LONGEST_SECONDS = 120;

    private final CommandLine line;
    private final ClassLoader loader;

    /** Makes one of these flags, which finds factories by this loader. */
    public VertxStart(CommandLine line, ClassLoader loader) {
        this.line = line;
        this.loader = loader;
    }

    /** Starts one by itself, or a member of a cluster. */
    public Vertx start(boolean clustered, boolean ha) {
        VertxFlags.check(line, clustered, ha);
        JsonObject json = ClusterJoining.asked(line);
        VertxOptions options = ClusterJoining.settings(clustered ? EventBusSettings.completed(json) : json);
        if (clustered) {
            cluster(options, ha);
            ClusterJoining.secured(options);
        }
        OptionProperties.set(options, OptionProperties.VERTX);
        VertxBuilder builder = Vertx.builder().with(options);
        metrics(json, options).ifPresent(builder::withMetrics);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            Vertx vertx = clustered ? ClusterJoining.joined(builder, line, loader) : builder.build();
            UnhandledExceptions.of(vertx);
            line.value("cluster-host").ifPresent(host -> ClusterMember.listenOn(vertx, host));
            ClusterMember.join(vertx)
                    .onFailure(e -> LOG.log(System.Logger.Level.WARNING, "cluster: handlers here are not known", e));
            return vertx;
        } catch (VertxException | IllegalStateException | IllegalArgumentException e) {
            throw LaunchException.deployment("vertx " + line.usage().name() + ": Vert.x did not start: " + e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void cluster(VertxOptions options, boolean ha) {
        EventBusOptions bus = options.getEventBusOptions();
        line.value("cluster-host").ifPresent(bus::setHost);
        line.value("cluster-public-host").ifPresent(bus::setClusterPublicHost);
        if (line.has("cluster-port")) {
            bus.setPort(line.number("cluster-port", 0, 0));
        }
        if (line.has("cluster-public-port")) {
            bus.setClusterPublicPort(line.number("cluster-public-port", -1, 1));
        }
        if (ha) {
            options.setHAEnabled(true);
            line.value("hagroup").ifPresent(options::setHAGroup);
            if (line.has("quorum")) {
                options.setQuorumSize(line.number("quorum", 1, 1));
            }
        }
    }

    /** Finds the factories on the class path only where something asks for them: looking reads every jar. */
    private static Optional<VertxMetricsFactory> metrics(JsonObject json, VertxOptions options) {
        Object tracing = json.getValue("tracingOptions");
        if (tracing instanceof JsonObject asked) {
            provided(VertxTracerFactory.class)
                    .ifPresent(factory -> options.setTracingOptions(factory.newOptions(asked)));
        }
        Object metrics = json.getValue("metricsOptions");
        if (metrics == null && !OptionProperties.any(OptionProperties.METRICS)) {
            return Optional.empty();
        }
        Optional<VertxMetricsFactory> factory = provided(VertxMetricsFactory.class);
        factory.ifPresent(found -> {
            options.setMetricsOptions(
                    metrics instanceof JsonObject asked ? found.newOptions(asked) : found.newOptions());
            OptionProperties.set(options.getMetricsOptions(), OptionProperties.METRICS);
        });
        return factory;
    }

    private static <P> Optional<P> provided(Class<P> type) {
        return ServiceLoader.load(VertxServiceProvider.class).stream()
                .filter(provider -> type.isAssignableFrom(provider.type()))
                .map(provider -> type.cast(provider.get()))
                .findFirst();
    }

    /** Has Vert.x closed when the process is stopped; {@code what} says what that takes. */
    public static void closeWhenStopped(Vertx vertx, String what) {
        Stopping.waitsFor(what, () -> close(vertx));
    }

    /** Closes Vert.x and waits for it, not for ever. */
    static void close(Vertx vertx) {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            LOG.log(System.Logger.Level.ERROR, "Vert.x did not stop well", e.getCause());
        } catch (TimeoutException e) {
            LOG.log(System.Logger.Level.ERROR, "verticles do not stop within " + LONGEST_SECONDS + " s: left");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Closes Vert.x, then ends the process; leaves it to the signal that stops the process already. Exit waits for the shutdown
     * hooks, and those for the event loops: so it runs on a thread that nobody waits for.
     *
     * @param vertx   what is closed
     * @param failure what went wrong
     */
    public static void closeAndExit(Vertx vertx, LaunchException failure) {
        new Thread(
                        () -> {
                            close(vertx);
                            if (!shuttingDown()) {
                                MicroLauncher.exit(failure);
                            }
                        },
                        "exit")
                .start();
    }

    private static boolean shuttingDown() {
        Thread probe = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }
}
