package dev.vertxmicro.verticle.broker;

import dev.vertxmicro.verticle.Cluster;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;

/** The other JVM of a test, with a BrokerVerticle; arguments: its descriptor, its own port, the ports of all. */
final class BrokerNode {
    private BrokerNode() {}

    public static void main(String[] arguments) {
        System.out.println("pid " + ProcessHandle.current().pid());
        int own = Integer.parseInt(arguments[1]);
        List<Integer> all =
                Arrays.stream(arguments).skip(2).map(Integer::valueOf).toList();
        Cluster.join(own, all)
                .compose(vertx -> new PlainBus(vertx).deploying(new JsonObject(arguments[0]), 1))
                .onComplete(done -> System.out.println("ready"), failure -> System.out.println("failed: " + failure));
    }
}
