package dev.vertxmicro.verticle.broker;

import dev.vertxmicro.testkit.program.JavaProcess;
import dev.vertxmicro.verticle.Cluster;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A cluster of this JVM and others, which have a BrokerVerticle each. */
final class BrokerMembers {
    private final List<Integer> ports;

    BrokerMembers(int count) {
        this.ports = Cluster.freePorts(count);
    }

    /** Joins it, which takes its time. */
    Vertx join() {
        return Cluster.join(ports.get(0), ports)
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    /** Starts another; 1 is the first. */
    JavaProcess start(int index, JsonObject descriptor) {
        List<String> arguments = new ArrayList<>();
        arguments.add(descriptor.encode());
        arguments.add(ports.get(index).toString());
        ports.forEach(port -> arguments.add(port.toString()));
        return JavaProcess.start(BrokerNode.class.getName(), arguments.toArray(new String[0]));
    }

    /** Has it known to the whole cluster, and those who have it look so often whether it is there. */
    static JsonObject shared(JsonObject descriptor, String check) {
        descriptor.getJsonObject("broker").put("eventbus", new JsonObject().put("check", check));
        return descriptor.put("shared", true);
    }
}
