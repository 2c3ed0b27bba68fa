package dev.vertxmicro.bench.registry.backend;

import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.zookeeper.ZookeeperRegistry;
import dev.vertxmicro.registry.zookeeper.ZookeeperRegistryOptions;
import dev.vertxmicro.testkit.server.ZooKeeperServer;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;

/** One ZooKeeper. */
public final class ZookeeperBackend implements Backend {
    private final ZooKeeperServer server;

    private ZookeeperBackend(ZooKeeperServer server) {
        this.server = server;
    }

    /**
     * Starts one.
     *
     * @param directory for its files
     * @return the server, ready
     */
    public static Backend start(Path directory) {
        return new ZookeeperBackend(ZooKeeperServer.alone(directory));
    }

    @Override
    public String name() {
        return "zookeeper";
    }

    @Override
    public double goalMillis() {
        return 50;
    }

    @Override
    public String address() {
        return server.address();
    }

    @Override
    public Registry registry(Vertx vertx, String address) {
        return ZookeeperRegistry.create(vertx, ZookeeperRegistryOptions.DEFAULTS.withAddresses(List.of(address)));
    }

    @Override
    public EventPath bare(Vertx vertx) {
        return new BareZookeeper(address());
    }

    @Override
    public void close() {
        server.close();
    }
}
