package dev.vertxmicro.verticle.registry;

import com.hazelcast.config.Config;
import com.hazelcast.config.FileSystemXmlConfig;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.eventbus.EventBusRegistry;
import dev.vertxmicro.registry.eventbus.EventBusRegistryOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.FileNotFoundException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * A node of a cluster on loopback, as conf/cluster/cluster.xml says but for the ports. Its main method is the other JVM of a
 * test; arguments: what it does, its own port, the ports of all.
 */
final class ClusterNode {
    static final Duration CHECK = Duration.ofMillis(500);
    static final EventBusRegistryOptions CLIENT = EventBusRegistryOptions.DEFAULTS.withCheck(CHECK);
    static final RegistryHostOptions SHARED =
            RegistryHostOptions.DEFAULTS.withShared(true).withCheck(CHECK);

    private ClusterNode() {}

    static Future<Vertx> join(int own, List<Integer> all) {
        Config config;
        try {
            config = new FileSystemXmlConfig("../conf/cluster/cluster.xml");
        } catch (FileNotFoundException e) {
            throw new UncheckedIOException(e);
        }
        config.setProperty("hazelcast.logging.type", "none");
        config.getNetworkConfig().setPort(own).setPortAutoIncrement(false);
        config.getNetworkConfig()
                .getJoin()
                .getTcpIpConfig()
                .setMembers(all.stream().map(port -> "127.0.0.1:" + port).toList());
        VertxOptions options = new VertxOptions().setEventBusOptions(new EventBusOptions().setHost("127.0.0.1"));
        return Vertx.builder()
                .with(options)
                .withClusterManager(new HazelcastClusterManager(config))
                .buildClustered();
    }

    static Future<RegistryHost> host(Vertx vertx, OutageRegistry backend) {
        RegistryHost host = RegistryHost.create(vertx, backend, SHARED, up -> {});
        return host.start().map(host);
    }

    public static void main(String[] arguments) {
        int own = Integer.parseInt(arguments[1]);
        List<Integer> all =
                Arrays.stream(arguments).skip(2).map(Integer::valueOf).toList();
        join(own, all)
                .<Object>compose(vertx -> switch (arguments[0]) {
                    case "owner" ->
                        EventBusRegistry.create(vertx, CLIENT)
                                .register(Bus.service("remote", "r1"), Duration.ofSeconds(60))
                                .mapEmpty();
                    case "host" ->
                        host(
                                        vertx,
                                        new OutageRegistry(
                                                Registry.inMemory(VertxTimers.of(vertx)),
                                                node -> System.out.println("registered " + node)))
                                .mapEmpty();
                    default -> Future.failedFuture("what: " + arguments[0] + " (expected: owner | host)");
                })
                .onComplete(done -> System.out.println("ready"), failure -> System.out.println("failed: " + failure));
    }
}
