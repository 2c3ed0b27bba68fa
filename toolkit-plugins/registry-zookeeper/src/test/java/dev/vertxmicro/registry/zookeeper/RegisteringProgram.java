package dev.vertxmicro.registry.zookeeper;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A process that registers a node and renews it until it is killed: address, name of the service, time to live in
 * seconds.
 */
public final class RegisteringProgram {
    private RegisteringProgram() {}

    /** Registers, and says so. */
    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx();
        ZookeeperRegistry registry =
                ZookeeperRegistry.create(vertx, ZookeeperRegistryOptions.DEFAULTS.withAddresses(List.of(args[0])));
        Duration ttl = Duration.ofSeconds(Long.parseLong(args[2]));
        ServiceInfo service = service(args[1], "process");
        registry.register(service, ttl)
                .onFailure(Throwable::printStackTrace)
                .onSuccess(done -> System.out.println("registered"));
        vertx.setPeriodic(ttl.toMillis() / 3, tick -> registry.register(service, ttl));
    }

    static ServiceInfo service(String name, String id) {
        return new ServiceInfo(name, "1.0.0", Map.of(), List.of(), List.of(new Node(id, "127.0.0.1:9001", Map.of())));
    }
}
