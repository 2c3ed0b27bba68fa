package dev.vertxmicro.registry.dnssd;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One peer in a process of its own: {@code serve NAME ADDRESS} or {@code watch ADDRESS}; starts with a line, ends with its input. */
final class DnsSdProbe {
    static final Duration RECORD_TTL = Duration.ofSeconds(2);

    private DnsSdProbe() {}

    public static void main(String[] args) throws IOException {
        Vertx vertx = Vertx.vertx();
        String address = args[args.length - 1];
        DnsSdRegistry registry = DnsSdRegistry.create(
                vertx, DnsSdOptions.DEFAULTS.withAddress(address).withRecordTtl(RECORD_TTL));
        System.in.read();
        if (args[0].equals("serve")) {
            Node node = new Node(args[1] + "-1", address + ":9001", Map.of("protocol", "mucp"));
            ServiceInfo service = new ServiceInfo(args[1], "1.0.0", Map.of(), List.of(), List.of(node));
            say(registry.register(service, Duration.ofSeconds(60)), "registered");
        } else {
            say(registry.watch(DnsSdProbe::print), "watching");
        }
        while (System.in.read() >= 0) {
            // Until the test closes it.
        }
        Future<Void> closed = registry.close();
        say(closed, "closed");
        closed.onComplete(done -> vertx.close());
    }

    private static void print(RegistryChange change) {
        ServiceInfo service = change.service();
        Node node = service.nodes().get(0);
        System.out.println(change.action() + " " + service.name() + " " + service.version() + " " + node.id() + " "
                + node.address() + " " + node.metadata());
    }

    private static void say(Future<?> done, String word) {
        done.onComplete(result -> System.out.println(result.succeeded() ? word : "failed " + result.cause()));
    }
}
