package dev.vertxmicro.launcher.start;

import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.Flag;
import dev.vertxmicro.command.LaunchException;
import io.vertx.core.spi.VertxServiceProvider;
import io.vertx.core.spi.cluster.ClusterManager;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * Which cluster manager a process joins by: the one that was asked for, else the one that the user's class path brings, else
 * Hazelcast. Vert.x itself would take whichever comes first.
 */
final class ClusterChoice {
    static final String VARIABLE = "MICRO_CLUSTER_MANAGER";
    private static final String FLAG = "cluster-manager";
    private static final String STANDARD = "hazelcast";
    /** Makes paths of addresses. */
    private static final String PATHS = "zookeeper";

    private static final Map<String, String> KNOWN = new TreeMap<>(Map.of(
            STANDARD,
            "io.vertx.spi.cluster.hazelcast.HazelcastClusterManager",
            "ignite",
            "io.vertx.spi.cluster.ignite.IgniteClusterManager",
            "infinispan",
            "io.vertx.ext.cluster.infinispan.InfinispanClusterManager",
            "zookeeper",
            "io.vertx.spi.cluster.zookeeper.ZookeeperClusterManager"));

    private static final System.Logger LOG = System.getLogger(ClusterChoice.class.getName());

    private ClusterChoice() {}

    static Flag flag() {
        return new Flag(
                FLAG,
                "cluster_manager",
                "name",
                "What the cluster is made with: hazelcast (default), infinispan, ignite or zookeeper, or the class of one"
                        + " that -cp brings; " + VARIABLE + " says so too.",
                Flag.Kind.ONCE);
    }

    /**
     * Makes it.
     *
     * @param line        the flags
     * @param environment the variables
     * @param loader      finds those there are
     * @throws LaunchException if the one asked for is not there, or nobody says which of several is meant
     */
    static ClusterManager of(CommandLine line, Map<String, String> environment, ClassLoader loader) {
        Optional<String> typed = line.value(FLAG);
        Optional<String> asked =
                typed.or(() -> Optional.ofNullable(environment.get(VARIABLE)).filter(variable -> !variable.isEmpty()));
        String source = typed.isPresent() ? "--" + FLAG : VARIABLE;
        Map<String, ServiceLoader.Provider<VertxServiceProvider>> found = found(loader);
        return asked.map(name -> named(source, name, found)).orElseGet(() -> onlyOne(found));
    }

    /** Finds the factories by class; one that lacks classes of its own is not silently passed over. */
    private static Map<String, ServiceLoader.Provider<VertxServiceProvider>> found(ClassLoader loader) {
        Map<String, ServiceLoader.Provider<VertxServiceProvider>> found = new LinkedHashMap<>();
        try {
            ServiceLoader.load(VertxServiceProvider.class, loader).stream()
                    .filter(provider -> ClusterManager.class.isAssignableFrom(provider.type()))
                    .forEach(provider -> found.put(provider.type().getName(), provider));
            return found;
        } catch (ServiceConfigurationError | LinkageError e) {
            throw LaunchException.deployment("cluster: a cluster manager cannot be loaded: " + e);
        }
    }

    private static ClusterManager named(
            String source, String name, Map<String, ServiceLoader.Provider<VertxServiceProvider>> found) {
        String type = KNOWN.getOrDefault(name, name);
        ServiceLoader.Provider<VertxServiceProvider> provider = found.get(type);
        if (provider != null) {
            return made(provider);
        }
        if (KNOWN.containsKey(name)) {
            throw LaunchException.deployment(source + ": " + name + ": not on the class path (expected: lib/cluster/"
                    + name + " of the distribution, or vertx-" + name + " and what it needs with -cp)");
        }
        throw LaunchException.usage(source + ": \"" + name + "\" (expected: " + String.join(", ", KNOWN.keySet())
                + ", or the class of a cluster manager that -cp brings)");
    }

    private static ClusterManager onlyOne(Map<String, ServiceLoader.Provider<VertxServiceProvider>> found) {
        Map<String, ServiceLoader.Provider<VertxServiceProvider>> brought = new LinkedHashMap<>(found);
        brought.remove(KNOWN.get(STANDARD));
        if (brought.size() > 1) {
            throw LaunchException.usage("cluster: several cluster managers on the class path: "
                    + String.join(", ", brought.keySet()) + " (expected: one, or --" + FLAG
                    + " with the one that is meant)");
        }
        for (ServiceLoader.Provider<VertxServiceProvider> only : brought.values()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "cluster: by {0}, which -cp brings",
                    only.type().getName());
            return made(only);
        }
        return named("cluster", STANDARD, found);
    }

    private static ClusterManager made(ServiceLoader.Provider<VertxServiceProvider> provider) {
        try {
            ClusterManager manager = (ClusterManager) provider.get();
            return provider.type().getName().equals(KNOWN.get(PATHS)) ? EncodedAddresses.of(manager) : manager;
        } catch (ServiceConfigurationError | LinkageError e) {
            throw LaunchException.deployment("cluster: " + provider.type().getName() + " cannot be made: "
                    + (e.getCause() == null ? e : e.getCause()));
        }
    }
}
