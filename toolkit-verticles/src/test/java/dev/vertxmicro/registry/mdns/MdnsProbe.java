package dev.vertxmicro.registry.mdns;

import dev.vertxmicro.net.AdvertisedAddress;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One peer in a process of its own: {@code serve NAME ADDRESS TTL-SECONDS} or {@code watch}; starts with a line, ends with its input. */
final class MdnsProbe {
    private MdnsProbe() {}

    public static void main(String[] args) throws IOException {
        Vertx vertx = Vertx.vertx();
        MdnsOptions options = MdnsOptions.DEFAULTS.withInterfaceCheck(Duration.ofMillis(100));
        MdnsRegistry registry = MdnsRegistry.create(vertx, options);
        System.in.read();
        if (args[0].equals("serve")) {
            Node node = new Node(args[1] + "-1", AdvertisedAddress.of(args[2]), Map.of("protocol", "mucp"));
            ServiceInfo service = new ServiceInfo(args[1], "1", Map.of(), List.of(), List.of(node));
            say(registry.register(service, Duration.ofSeconds(Long.parseLong(args[3]))), "registered");
        } else {
            say(registry.watch(MdnsProbe::print), "watching");
        }
        while (System.in.read() >= 0) {
            // Until the test closes it.
        }
        Future<Void> closed = registry.close();
        say(closed, "closed");
        closed.onComplete(done -> vertx.close());
    }

    private static void print(RegistryChange change) {
        System.out.println(
                change.action() + " " + change.service().nodes().get(0).address());
    }

    private static void say(Future<?> done, String word) {
        done.onComplete(result -> System.out.println(result.succeeded() ? word : "failed " + result.cause()));
    }
}
