package dev.vertxmicro.verticle;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.FileSystemXmlConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.instance.EndpointQualifier;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** A cluster on loopback, as conf/cluster/cluster.xml says but for the ports. */
public final class Cluster {
    private Cluster() {}

    public static List<Integer> freePorts(int count) {
        List<ServerSocket> open = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                open.add(new ServerSocket(0));
            }
            for (ServerSocket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return open.stream().map(ServerSocket::getLocalPort).toList();
    }

    public static Future<Vertx> join(int own, List<Integer> all) {
        return join(own, all, UnaryOperator.identity());
    }

    /** Joins by a manager that something is made of. */
    public static Future<Vertx> join(int own, List<Integer> all, UnaryOperator<ClusterManager> made) {
        Config config;
        try {
            config = new FileSystemXmlConfig("../conf/cluster/cluster.xml");
        } catch (FileNotFoundException e) {
            throw new UncheckedIOException(e);
        }
        config.setProperty("hazelcast.logging.type", "none");
        AdvancedNetworkConfig network = config.getAdvancedNetworkConfig();
        ((ServerSocketEndpointConfig)
                        Objects.requireNonNull(network.getEndpointConfigs().get(EndpointQualifier.MEMBER)))
                .setPort(own)
                .setPortAutoIncrement(false);
        network.getJoin()
                .getTcpIpConfig()
                .setMembers(all.stream().map(port -> "127.0.0.1:" + port).toList());
        VertxOptions options = new VertxOptions().setEventBusOptions(new EventBusOptions().setHost("127.0.0.1"));
        return Vertx.builder()
                .with(options)
                .withClusterManager(made.apply(new HazelcastClusterManager(config)))
                .buildClustered();
    }
}
