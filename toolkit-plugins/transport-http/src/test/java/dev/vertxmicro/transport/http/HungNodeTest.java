package dev.vertxmicro.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.selector.SelectorOptions;
import dev.vertxmicro.selector.SelectorParts;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node that takes connections and says nothing, as a process does that is stopped. */
class HungNodeTest {
    private static final int CALLS = 4000;
    private static final Endpoint<StringValue, StringValue> HELLO =
            Endpoint.unary("Greeter.Hello", StringValue.class, StringValue.class);

    private final Vertx vertx = Vertx.vertx();
    private final Timers timers = VertxTimers.of(vertx);
    private final Transport transport = HttpTransport.create(vertx, HttpTransportOptions.DEFAULTS);
    private final Registry registry = Registry.inMemory(timers);
    private final Selector selector = Selector.caching(
            SelectorOptions.DEFAULTS, new SelectorParts(registry, timers, new SplittableRandom(3), transport::probe));
    private final Client client = Client.create(
            ClientOptions.DEFAULTS.withRequestTimeout(Duration.ofSeconds(2)),
            new ClientParts(transport, selector, timers));

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    private void register(String address) {
        Node node = new Node(address, address, Map.of("protocol", "mucp"));
        Await.result(
                registry.register(new ServiceInfo("greeter", "1", Map.of(), List.of(), List.of(node)), Duration.ZERO));
    }

    private String serve() {
        return Await.result(transport
                .listener("127.0.0.1:0")
                .onRequest((request, peer, cancellation) ->
                        Future.succeededFuture(new Message(Metadata.EMPTY, request.body())))
                .listen());
    }

    private String hang() {
        return "127.0.0.1:"
                + Await.result(vertx.createNetServer()
                                .connectHandler(socket -> socket.handler(bytes -> {}))
                                .listen(0, "127.0.0.1"))
                        .actualPort();
    }

    /** Makes calls, one a millisecond, and counts those that fail. */
    private int failures(int calls) {
        AtomicInteger failed = new AtomicInteger();
        Promise<Void> begun = Promise.promise();
        List<Future<StringValue>> all = new ArrayList<>();
        vertx.runOnContext(start -> vertx.setPeriodic(1, timer -> {
            all.add(client.call(Request.of("greeter", HELLO, StringValue.of("x")))
                    .onFailure(failure -> failed.incrementAndGet()));
            if (all.size() == calls) {
                vertx.cancelTimer(timer);
                Future.join(all).onComplete(done -> begun.complete());
            }
        }));
        Await.result(begun.future());
        return failed.get();
    }

    @Test
    void costsAFewCallsWhateverTheirDeadline() {
        register(serve());
        register(serve());
        assertThat(failures(CALLS)).isZero();
        register(hang());
        assertThat(failures(CALLS)).isBetween(1, 10);
    }
}
