package dev.vertxmicro.verticle.registry;

import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.eventbus.registry.EventBusRegistry;
import dev.vertxmicro.eventbus.registry.EventBusRegistryOptions;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.verticle.Cluster;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** The other JVM of a test; arguments: what it does, its own port, the ports of all. */
final class ClusterNode {
    static final Duration CHECK = Duration.ofMillis(500);
    static final EventBusRegistryOptions CLIENT = EventBusRegistryOptions.DEFAULTS.withCheck(CHECK);
    static final RegistryHostOptions SHARED =
            RegistryHostOptions.DEFAULTS.withShared(true).withCheck(CHECK);

    /** Renews often enough to be seen. */
    static final RegistryHostOptions BEATING = SHARED.withHeartbeat(Duration.ofSeconds(60), Duration.ofMillis(500));

    private ClusterNode() {}

    static Future<RegistryHost> host(Vertx vertx, OutageRegistry backend) {
        return host(vertx, backend, SHARED);
    }

    static Future<RegistryHost> host(Vertx vertx, OutageRegistry backend, RegistryHostOptions options) {
        RegistryHost host = RegistryHost.create(vertx, backend, options, up -> {});
        return host.start().map(host);
    }

    private static OutageRegistry printing(Vertx vertx) {
        return new OutageRegistry(
                Registry.inMemory(VertxTimers.of(vertx)), node -> System.out.println("registered " + node));
    }

    public static void main(String[] arguments) {
        System.out.println("pid " + ProcessHandle.current().pid());
        int own = Integer.parseInt(arguments[1]);
        List<Integer> all =
                Arrays.stream(arguments).skip(2).map(Integer::valueOf).toList();
        Cluster.join(own, all)
                .<Object>compose(vertx -> switch (arguments[0]) {
                    case "owner" ->
                        EventBusRegistry.create(vertx, CLIENT)
                                .register(Bus.service("remote", "r1"), Duration.ofSeconds(60))
                                .mapEmpty();
                    case "host" -> host(vertx, printing(vertx)).mapEmpty();
                    case "beating" -> host(vertx, printing(vertx), BEATING).mapEmpty();
                    default -> Future.failedFuture("what: " + arguments[0] + " (expected: owner | host | beating)");
                })
                .onComplete(done -> System.out.println("ready"), failure -> System.out.println("failed: " + failure));
    }
}
