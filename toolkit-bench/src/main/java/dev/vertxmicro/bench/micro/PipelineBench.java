package dev.vertxmicro.bench.micro;

import dev.vertxmicro.bench.proto.HelloRequest;
import dev.vertxmicro.bench.proto.HelloResponse;
import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.selector.SelectorOptions;
import dev.vertxmicro.selector.SelectorParts;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerOptions;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the toolkit's own part of a unary call costs, without a wire: {@code bin/bench micro -prof gc}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
public class PipelineBench {
    private static final Endpoint<HelloRequest, HelloResponse> HELLO =
            Endpoint.unary("Greeter.Hello", HelloRequest.class, HelloResponse.class);

    private final HelloResponse greeting = HelloResponse.newBuilder()
            .setGreeting("Hello caller 00000000000000000")
            .build();
    private final Metadata answered = Metadata.builder(3)
            .add(Headers.CONTENT_TYPE, "application/protobuf")
            .add(Headers.ID, "1000000")
            .add("X-Micro-Id", "1000000")
            .build();
    private final CannedTransport transport =
            new CannedTransport(new Message(answered, Buffer.buffer(greeting.toByteArray())));
    private final Timers timers = Timers.manual();
    private final Registry registry = Registry.inMemory(timers);
    private final Client client = Client.create(
            ClientOptions.DEFAULTS,
            new ClientParts(
                    transport,
                    Selector.caching(
                            SelectorOptions.DEFAULTS,
                            new SelectorParts(registry, timers, new SplittableRandom(1), transport::probe)),
                    timers));
    private final Request<HelloRequest, HelloResponse> request = Request.of(
                    "greeter",
                    HELLO,
                    HelloRequest.newBuilder()
                            .setName("caller 00000000000000000000000")
                            .build())
            .withOptions(CallOptions.DEFAULTS.withAddresses("127.0.0.1:1"));
    private final Message received =
            new Message(requestHeaders(), Buffer.buffer(request.body().toByteArray()));

    /** Starts the server whose dispatch is measured. */
    public PipelineBench() {
        Server.create(ServerOptions.defaults(), new ServerParts(transport, registry, timers))
                .handle(HELLO, (hello, context) -> Future.succeededFuture(greeting))
                .start();
    }

    private static Metadata requestHeaders() {
        return Metadata.builder(9)
                .add("host", "127.0.0.1:1")
                .add("content-length", "32")
                .add(Headers.TIMEOUT, "5000000000")
                .add(Headers.CONTENT_TYPE, "application/protobuf")
                .add(Headers.ACCEPT, "application/protobuf")
                .add(Headers.ID, "1000000")
                .add(Headers.SERVICE, "greeter")
                .add(Headers.METHOD, "Greeter.Hello")
                .add(Headers.ENDPOINT, "Greeter.Hello")
                .build();
    }

    /** The client's part: encode, headers, deadline, selection by address, decode. */
    @Benchmark
    public Future<HelloResponse> clientCall() {
        return client.call(request);
    }

    /** The server's part: endpoint, codec, deadline, handler, response. */
    @Benchmark
    public Future<Message> serverDispatch() {
        return transport.handler().handle(received, Peer.UNKNOWN, new Cancellation());
    }

    /** The headers of a request. */
    @Benchmark
    public Metadata headers() {
        return requestHeaders();
    }

    /** A name that is there, last of nine. */
    @Benchmark
    public String header() {
        return received.headers().value(Headers.ENDPOINT, "");
    }
}
