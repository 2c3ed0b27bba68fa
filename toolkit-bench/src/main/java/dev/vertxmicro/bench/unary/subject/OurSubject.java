package dev.vertxmicro.bench.unary.subject;

import dev.vertxmicro.bench.proto.HelloRequest;
import dev.vertxmicro.bench.proto.HelloResponse;
import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.codec.Codecs;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.selector.SelectorOptions;
import dev.vertxmicro.selector.SelectorParts;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerOptions;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Transport;
import dev.vertxmicro.transport.http.HttpPool;
import dev.vertxmicro.transport.http.HttpTransport;
import dev.vertxmicro.transport.http.HttpTransportOptions;
import dev.vertxmicro.wrapper.Wrappers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/** vertx-micro over http, with all that is on by default: cached selection, deadline, limits, retries, metadata. */
final class OurSubject implements Subject {
    static final String SERVICE = "greeter";
    static final Endpoint<HelloRequest, HelloResponse> HELLO =
            Endpoint.unary("Greeter.Hello", HelloRequest.class, HelloResponse.class);

    private final String name;
    private final Function<Vertx, Wrappers> aroundServer;
    private final Function<Vertx, Wrappers> aroundClient;

    OurSubject() {
        this("ours", vertx -> Wrappers.NONE, vertx -> Wrappers.NONE);
    }

    OurSubject(String name, Function<Vertx, Wrappers> aroundServer, Function<Vertx, Wrappers> aroundClient) {
        this.name = name;
        this.aroundServer = aroundServer;
        this.aroundClient = aroundClient;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String loopThreads() {
        return OneLoop.THREADS;
    }

    @Override
    public Future<Integer> serve() {
        Vertx vertx = OneLoop.create();
        Timers timers = VertxTimers.of(vertx);
        Server server = Server.create(
                        ServerOptions.defaults().withName(SERVICE).withAddress("127.0.0.1:0"),
                        new ServerParts(
                                        HttpTransport.create(vertx, HttpTransportOptions.DEFAULTS),
                                        Registry.inMemory(timers),
                                        timers)
                                .withInterceptors(aroundServer.apply(vertx).server()))
                .handle(HELLO, (request, context) -> Future.succeededFuture(Greetings.answer(request)));
        Promise<Integer> port = Promise.promise();
        vertx.runOnContext(ignored -> server.start()
                .map(started -> Integer.valueOf(
                        server.address().substring(server.address().lastIndexOf(':') + 1)))
                .onComplete(port));
        return port.future();
    }

    @Override
    public Future<Caller> connect(int port, int poolSize) {
        Vertx vertx = OneLoop.create();
        Timers timers = VertxTimers.of(vertx);
        Registry registry = Registry.inMemory(timers);
        Transport transport = HttpTransport.create(
                vertx, HttpTransportOptions.DEFAULTS.withPool(HttpPool.DEFAULTS.withSize(poolSize)));
        Selector selector = Selector.caching(
                SelectorOptions.DEFAULTS,
                new SelectorParts(registry, timers, new SplittableRandom(1), transport::probe));
        Wrappers wrappers = aroundClient.apply(vertx);
        Client client = Client.create(
                ClientOptions.DEFAULTS,
                new ClientParts(
                        transport,
                        Codecs.standard(),
                        selector,
                        Broker.inMemory(timers),
                        timers,
                        wrappers.client(),
                        wrappers.attempts()));
        Node node = new Node(SERVICE + "-1", "127.0.0.1:" + port, Map.of("protocol", "mucp"));
        ServiceInfo service = new ServiceInfo(SERVICE, "1.0.0", Map.of(), List.of(), List.of(node));
        return registry.register(service, Duration.ZERO).map(registered -> new OurCaller(OneLoop.of(vertx), client));
    }

    private record OurCaller(Executor loop, Client client) implements Caller {
        @Override
        public void call(int number, Consumer<Boolean> done) {
            client.call(Request.of(SERVICE, HELLO, Greetings.request(number)))
                    .onComplete(
                            result -> done.accept(result.succeeded() && Greetings.isAnswer(number, result.result())));
        }
    }
}
