package dev.vertxmicro.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.selector.SelectorOptions;
import dev.vertxmicro.selector.SelectorParts;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerOptions;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.testkit.lab.FreezingRelay;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.server.FreePorts;
import dev.vertxmicro.testkit.server.TestCertificate;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server acts, and the connection breaks before its answer leaves: the caller cannot know, and nothing is done twice by itself. */
class LostAnswerTest {
    private static final Endpoint<StringValue, StringValue> PLACE =
            Endpoint.unary("Orders.Place", StringValue.class, StringValue.class);
    private static final Endpoint<StringValue, StringValue> FOLLOW =
            new Endpoint<>("Orders.Follow", StringValue.class, StringValue.class, Endpoint.Kind.BIDIRECTIONAL, false);
    private static final CallOptions IDEMPOTENT = CallOptions.DEFAULTS.withIdempotent(true);
    private static final StringValue ORDER = StringValue.of("a book");
    private static final StringValue WARM = StringValue.of("warm");
    /** Till many calls have gone by each way that there is. */
    private static final int WARMING = 40;

    @TempDir
    private static Path directory;

    private static TlsOptions tls = TlsOptions.OFF;

    private final Vertx vertx = Vertx.vertx();
    private final Context caller = vertx.getOrCreateContext();
    private final Timers timers = VertxTimers.of(vertx);
    private final Registry registry = Registry.inMemory(timers);
    private final List<FreezingRelay> relays = new ArrayList<>();
    /** The nodes whose handlers ran, one for each time. */
    private final List<String> acted = new CopyOnWriteArrayList<>();

    private final AtomicBoolean breaking = new AtomicBoolean();

    @BeforeAll
    static void certify() {
        TestCertificate here = TestCertificate.create(directory, "here", "ip:127.0.0.1");
        tls = TlsOptions.ON
                .withVerify(false)
                .withCertificate(here.certificate().toString(), here.key().toString());
    }

    @AfterEach
    void stop() {
        Await.result(vertx.close());
        relays.forEach(FreezingRelay::close);
    }

    /** How calls go. */
    enum Way {
        HTTP_1,
        HTTP_2,
        MULTIPLEXED;

        HttpTransportOptions options() {
            return switch (this) {
                case HTTP_1 -> HttpTransportOptions.DEFAULTS.withMultiplex(false);
                case HTTP_2 -> HttpTransportOptions.DEFAULTS.withTls(tls);
                case MULTIPLEXED -> HttpTransportOptions.DEFAULTS;
            };
        }
    }

    static Stream<Way> ways() {
        return Stream.of(Way.values());
    }

    private void serve(Transport transport, String id, UnaryOperator<ServerOptions> options) {
        int port = FreePorts.next();
        FreezingRelay relay = FreezingRelay.to(port);
        relays.add(relay);
        ServerOptions own = options.apply(ServerOptions.defaults()
                .withName("orders")
                .withId(id)
                .withAddress("127.0.0.1:" + port)
                .withAdvertise(relay.address())
                .withDrainTimeout(Duration.ZERO));
        Server server = Server.create(own, new ServerParts(transport, registry, timers))
                .handle(PLACE, (order, context) -> {
                    if (order.equals(WARM)) {
                        return Future.succeededFuture(order);
                    }
                    acted.add(id);
                    String answer = order.getValue() + " placed by " + id + " as number " + acted.size();
                    if (breaking.getAndSet(false)) {
                        relay.cut();
                    }
                    return Future.succeededFuture(StringValue.of(answer));
                });
        server.handleStream(FOLLOW, (stream, context) -> {
            stream.onMessage(order -> {
                acted.add(id);
                relay.cut();
            });
            return stream.ended();
        });
        Await.result(server.start());
    }

    private Client client(Transport transport) {
        Selector selector = Selector.caching(
                SelectorOptions.DEFAULTS,
                new SelectorParts(registry, timers, new SplittableRandom(5), transport::probe));
        return Client.create(ClientOptions.DEFAULTS, new ClientParts(transport, selector, timers));
    }

    private Client serve(Way way, int nodes) {
        Transport transport = HttpTransport.create(vertx, way.options());
        for (int i = 0; i < nodes; i++) {
            serve(transport, "node " + i, UnaryOperator.identity());
        }
        return warmed(client(transport));
    }

    private Client warmed(Client client) {
        for (int i = 0; i < WARMING; i++) {
            Await.result(call(client, WARM, CallOptions.DEFAULTS));
        }
        return client;
    }

    private Future<StringValue> call(Client client, StringValue order, CallOptions options) {
        Promise<StringValue> answer = Promise.promise();
        caller.runOnContext(go -> client.call(Request.of("orders", PLACE, order).withOptions(options))
                .onComplete(answer));
        return answer.future();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void isDoneOnceAndFailsByDefault(Way way) {
        Client client = serve(way, 3);
        breaking.set(true);
        MicroException failure = Await.failure(call(client, ORDER, CallOptions.DEFAULTS));
        assertThat(failure.id()).isEqualTo("go.micro.client.transport");
        assertThat(failure.retryable()).isFalse();
        assertThat(acted).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void isTriedAgainAtAnotherNodeWhereItMayBeDoneTwice(Way way) {
        Client client = serve(way, 3);
        breaking.set(true);
        String answer = Await.result(call(client, ORDER, IDEMPOTENT)).getValue();
        assertThat(acted).hasSize(2).doesNotHaveDuplicates();
        assertThat(answer).isEqualTo("a book placed by " + acted.get(1) + " as number 2");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void isDoneOnceWhereTheServerKnowsItAgain(Way way) {
        Transport transport = HttpTransport.create(vertx, way.options());
        serve(transport, "one", base -> base.withDedupe(base.dedupe().withWindow(Duration.ofMinutes(1))));
        Client client = warmed(client(transport));
        breaking.set(true);
        StringValue answer = Await.result(call(client, ORDER, IDEMPOTENT.withIdempotencyKey("order-7")));
        assertThat(breaking).isFalse();
        assertThat(acted).hasSize(1);
        assertThat(answer.getValue()).isEqualTo("a book placed by one as number 1");
        assertThat(client.statistics().retries()).isOne();
        StringValue another = Await.result(call(client, ORDER, IDEMPOTENT.withIdempotencyKey("order-8")));
        assertThat(another.getValue()).isEqualTo("a book placed by one as number 2");
    }

    @Test
    void isDoneOnceOverAStream() {
        Client client = serve(Way.HTTP_1, 3);
        ClientStream<StringValue, StringValue> stream = Await.result(
                client.stream(CallContext.create(), Request.of("orders", FOLLOW, StringValue.getDefaultInstance())));
        stream.onMessage(answer -> {});
        Await.result(stream.send(ORDER));
        assertThat(Await.failure(stream.ended()).retryable()).isFalse();
        assertThat(acted).hasSize(1);
    }
}
