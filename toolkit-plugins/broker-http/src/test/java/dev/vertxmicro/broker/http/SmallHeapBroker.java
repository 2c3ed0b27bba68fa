package dev.vertxmicro.broker.http;

import dev.vertxmicro.broker.http.wire.Generation;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.testkit.program.JavaProcess;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;

/** Subscribes in little memory, and ends at the first OutOfMemoryError. */
public final class SmallHeapBroker {
    private SmallHeapBroker() {}

    static JavaProcess start(int heapMiB) {
        return JavaProcess.startWith(
                List.of("-Xmx" + heapMiB + "m", "-XX:+ExitOnOutOfMemoryError"), SmallHeapBroker.class.getName());
    }

    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx();
        Registry registry = Registry.inMemory(VertxTimers.of(vertx));
        HttpBroker broker = HttpBroker.create(vertx, registry, HttpBrokerFixture.LOOPBACK);
        broker.connect()
                .compose(connected -> broker.subscribe("t", delivery -> Future.succeededFuture()))
                .compose(subscribed -> registry.get(Generation.FIRST.service()))
                .onSuccess(found -> System.out.println("subscribed " + broker.address() + " "
                        + found.get(0).nodes().get(0).id()));
    }
}
