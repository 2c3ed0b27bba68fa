package examples;

import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.consul.ConsulOptions;
import dev.vertxmicro.registry.consul.ConsulRegistry;
import dev.vertxmicro.registry.etcd.EtcdRegistry;
import dev.vertxmicro.registry.etcd.EtcdRegistryOptions;
import dev.vertxmicro.registry.kubernetes.KubernetesRegistry;
import dev.vertxmicro.registry.kubernetes.KubernetesRegistryOptions;
import dev.vertxmicro.registry.mdns.MdnsOptions;
import dev.vertxmicro.registry.mdns.MdnsRegistry;
import dev.vertxmicro.registry.nats.NatsRegistry;
import dev.vertxmicro.registry.nats.NatsRegistryOptions;
import dev.vertxmicro.registry.zookeeper.ZookeeperRegistry;
import dev.vertxmicro.registry.zookeeper.ZookeeperRegistryOptions;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;

/** Chooses a registry in code and lists its services: {@code RegistryChoice TYPE [ADDRESS]}. */
public final class RegistryChoice {
    private static final Map<String, String> SERVERS = Map.of(
            "consul", "127.0.0.1:8500",
            "etcd", "127.0.0.1:2379",
            "kubernetes", "http://127.0.0.1:8001",
            "nats", "127.0.0.1:4222",
            "zookeeper", "127.0.0.1:2181");

    private RegistryChoice() {}

    /**
     * Lists the services.
     *
     * @param args the type: mdns, memory, consul, etcd, kubernetes, nats or zookeeper; and the address of its server
     */
    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx();
        String type = args.length == 0 ? "mdns" : args[0];
        Registry registry = choose(vertx, type, args.length < 2 ? SERVERS.getOrDefault(type, "") : args[1]);
        boolean listed = registry.list()
                .onSuccess(names -> System.out.println(registry.type() + ": " + String.join(" ", names)))
                .onFailure(failure -> System.err.println(failure.getMessage()))
                .eventually(registry::close)
                .map(true)
                .otherwise(false)
                .await(); // nothing else keeps the JVM alive until then
        vertx.close().onComplete(closed -> System.exit(listed ? 0 : 1));
    }

    private static Registry choose(Vertx vertx, String type, String address) {
        List<String> at = List.of(address);
        return switch (type) {
            case "memory" -> Registry.inMemory(VertxTimers.of(vertx));
            case "consul" -> ConsulRegistry.create(vertx, ConsulOptions.DEFAULTS.withAddresses(at));
            case "etcd" -> EtcdRegistry.create(vertx, EtcdRegistryOptions.DEFAULTS.withAddresses(at));
            case "kubernetes" -> KubernetesRegistry.create(vertx, KubernetesRegistryOptions.DEFAULTS.withAddresses(at));
            case "nats" -> NatsRegistry.create(vertx, NatsRegistryOptions.DEFAULTS.withAddresses(at));
            case "zookeeper" -> ZookeeperRegistry.create(vertx, ZookeeperRegistryOptions.DEFAULTS.withAddresses(at));
            default -> MdnsRegistry.create(vertx, MdnsOptions.DEFAULTS);
        };
    }
}
