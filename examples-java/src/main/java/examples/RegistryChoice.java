package examples;

import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.consul.ConsulOptions;
import dev.vertxmicro.registry.consul.ConsulRegistry;
import dev.vertxmicro.registry.mdns.MdnsOptions;
import dev.vertxmicro.registry.mdns.MdnsRegistry;
import io.vertx.core.Vertx;
import java.util.List;

/** Chooses a registry in code and lists its services: {@code RegistryChoice mdns|memory|consul [ADDRESS]}. */
public final class RegistryChoice {
    private RegistryChoice() {}

    /**
     * Lists the services.
     *
     * @param args the type, and the address of a Consul agent
     */
    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx();
        String type = args.length == 0 ? "mdns" : args[0];
        Registry registry = choose(vertx, type, args.length < 2 ? "127.0.0.1:8500" : args[1]);
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
        return switch (type) {
            case "memory" -> Registry.inMemory(VertxTimers.of(vertx));
            case "consul" -> ConsulRegistry.create(vertx, ConsulOptions.DEFAULTS.withAddresses(List.of(address)));
            default -> MdnsRegistry.create(vertx, MdnsOptions.DEFAULTS);
        };
    }
}
