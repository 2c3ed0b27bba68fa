package dev.vertxmicro.bench.stream;

import dev.vertxmicro.bench.measure.Loop;
import dev.vertxmicro.bench.proto.HelloRequest;
import dev.vertxmicro.bench.proto.HelloResponse;
import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.selector.SelectorOptions;
import dev.vertxmicro.selector.SelectorParts;
import dev.vertxmicro.server.OneRequestHandler;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerOptions;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Transport;
import dev.vertxmicro.transport.http.HttpTransport;
import dev.vertxmicro.transport.http.HttpTransportOptions;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/** A server stream of ours over HTTP, client and server on an event loop each. */
final class OurStream {
    static final String SERVICE = "greeter";
    static final Endpoint<HelloRequest, HelloResponse> GREETINGS = new Endpoint<>(
            "Greeter.Greetings", HelloRequest.class, HelloResponse.class, Endpoint.Kind.SERVER_STREAM, false);

    private static final int VARIETY = 1024;
    private static final HelloResponse[] MESSAGES = LongStream.range(0, VARIETY)
            .mapToObj(i -> HelloResponse.newBuilder()
                    .setGreeting(String.format("caller %023d", i))
                    .build())
            .toArray(HelloResponse[]::new);

    private final Loop clientLoop = Loop.create();
    private final Client client;
    private final String address;

    private OurStream(String address) {
        this.address = address;
        Timers timers = VertxTimers.of(clientLoop.vertx());
        Transport transport = HttpTransport.create(clientLoop.vertx(), HttpTransportOptions.DEFAULTS);
        Selector selector = Selector.caching(
                SelectorOptions.DEFAULTS,
                new SelectorParts(Registry.inMemory(timers), timers, new SplittableRandom(1), transport::probe));
        client = Client.create(ClientOptions.DEFAULTS, new ClientParts(transport, selector, timers));
    }

    /** Starts the server. */
    static OurStream start() throws Exception {
        Loop loop = Loop.create();
        Timers timers = VertxTimers.of(loop.vertx());
        Server server = Server.create(
                        ServerOptions.defaults().withName(SERVICE).withAddress("127.0.0.1:0"),
                        new ServerParts(
                                HttpTransport.create(loop.vertx(), HttpTransportOptions.DEFAULTS),
                                Registry.inMemory(timers),
                                timers))
                .handleStream(
                        GREETINGS,
                        OneRequestHandler.streaming((request, stream, context) ->
                                stream.sendAll(LongStream.range(0, Long.parseLong(request.getName()))
                                        .mapToObj(OurStream::message)
                                        .iterator())));
        loop.await(server::start);
        return new OurStream(server.address());
    }

    String address() {
        return address;
    }

    private static HelloResponse message(long number) {
        return MESSAGES[(int) (number & (VARIETY - 1))];
    }

    /** Receives so many messages and compares each; gives the nanoseconds from the first call to the end. */
    long receive(long count, LongConsumer received) throws Exception {
        long start = System.nanoTime();
        long[] seen = {0, 0};
        clientLoop.await(() -> open().compose(stream -> {
            stream.onMessage(message -> {
                if (!message.equals(message(seen[0]))) {
                    seen[1]++;
                }
                received.accept(++seen[0]);
            });
            return stream.send(HelloRequest.newBuilder()
                            .setName(Long.toString(count))
                            .build())
                    .compose(sent -> stream.ended());
        }));
        if (seen[0] != count || seen[1] > 0) {
            throw new IllegalStateException(seen[0] + " messages, " + seen[1] + " wrong (expected: " + count + ")");
        }
        return System.nanoTime() - start;
    }

    private Future<ClientStream<HelloRequest, HelloResponse>> open() {
        CallOptions options = CallOptions.DEFAULTS.withAddresses(address).withRequestTimeout(Duration.ofMinutes(5));
        return client.stream(
                CallContext.create(), new Request<>(SERVICE, GREETINGS, HelloRequest.getDefaultInstance(), options));
    }
}
