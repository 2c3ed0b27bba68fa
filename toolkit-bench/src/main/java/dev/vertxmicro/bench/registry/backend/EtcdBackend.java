package dev.vertxmicro.bench.registry.backend;

import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.etcd.EtcdRegistry;
import dev.vertxmicro.registry.etcd.EtcdRegistryOptions;
import dev.vertxmicro.testkit.server.EtcdServer;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;

/** One etcd. */
public final class EtcdBackend implements Backend {
    private final EtcdServer server;

    private EtcdBackend(EtcdServer server) {
        this.server = server;
    }

    /**
     * Starts one.
     *
     * @param directory for its files
     * @return the server, ready
     */
    public static Backend start(Path directory) {
        return new EtcdBackend(EtcdServer.start(directory));
    }

    @Override
    public String name() {
        return "etcd";
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
        return EtcdRegistry.create(vertx, EtcdRegistryOptions.DEFAULTS.withAddresses(List.of(address)));
    }

    @Override
    public EventPath bare(Vertx vertx) {
        return new BareEtcd(vertx, BareService.port(address()));
    }

    @Override
    public void close() {
        server.close();
    }
}
