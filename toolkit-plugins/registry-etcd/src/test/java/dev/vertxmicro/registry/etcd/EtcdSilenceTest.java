package dev.vertxmicro.registry.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.testkit.recording.Await;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A peer that takes connections and says nothing, as a halted process does. */
class EtcdSilenceTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    @Test
    void endsAConnectionOnWhichNothingIsSaidAndOpensAnother() {
        AtomicInteger connections = new AtomicInteger();
        Promise<Void> ended = Promise.promise();
        Promise<Void> endedToo = Promise.promise();
        NetServer silent = Await.result(vertx.createNetServer()
                .connectHandler(socket -> {
                    Promise<Void> end = connections.incrementAndGet() == 1 ? ended : endedToo;
                    socket.closeHandler(over -> end.tryComplete());
                })
                .listen(0, "127.0.0.1"));
        Registry registry = EtcdRegistry.create(
                vertx,
                EtcdRegistryOptions.DEFAULTS
                        .withAddresses(List.of("127.0.0.1:" + silent.actualPort()))
                        .withRequestTimeout(Duration.ofMillis(300)));
        assertThat(Await.failure(registry.get("greeter")).detail()).contains("no answer within 300 ms");
        Await.result(ended.future());
        assertThat(Await.failure(registry.list()).detail()).contains("no answer within 300 ms");
        Await.result(endedToo.future());
        assertThat(connections).hasValue(2);
        Await.result(registry.close());
    }
}
