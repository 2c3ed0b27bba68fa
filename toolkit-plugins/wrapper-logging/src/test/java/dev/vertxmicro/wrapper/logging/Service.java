package dev.vertxmicro.wrapper.logging;

import com.google.protobuf.StringValue;
import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.codec.Codecs;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.selector.SelectorOptions;
import dev.vertxmicro.selector.SelectorParts;
import dev.vertxmicro.server.Invoker;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerOptions;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Transport;
import dev.vertxmicro.wrapper.Wrapper;
import io.vertx.core.Future;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/** A server in memory and its client, both with the wrapper, and with lines of their own. */
final class Service {
    static final Endpoint<StringValue, StringValue> HELLO =
            Endpoint.unary("Greeter.Hello", StringValue.class, StringValue.class);
    static final Endpoint<StringValue, StringValue> CHAT =
            new Endpoint<>("Greeter.Chat", StringValue.class, StringValue.class, Endpoint.Kind.BIDIRECTIONAL, false);
    static final String ADDRESS = "127.0.0.1:9";

    final RecordingLines served = new RecordingLines();
    final RecordingLines called = new RecordingLines();
    final Server server;
    final Client client;

    Service(LoggingOptions options, Timers timers) {
        this(options, timers, Invoker.direct(), Wrappings.WITH);
    }

    /** Whether there is a wrapper at all. */
    enum Wrappings {
        WITH,
        WITHOUT
    }

    Service(LoggingOptions options, Timers timers, Invoker invoker, Wrappings wrappings) {
        Transport transport = Transport.inMemory(timers);
        Registry registry = Registry.inMemory(timers);
        Broker broker = Broker.inMemory(timers);
        Wrapper wrapper = CallLogging.create(options, timers, "greeter", "greeter-1", called, served);
        boolean with = wrappings == Wrappings.WITH;
        server = Server.create(
                ServerOptions.defaults().withName("greeter").withAddress(ADDRESS),
                new ServerParts(
                        transport,
                        Codecs.standard(),
                        registry,
                        broker,
                        timers,
                        invoker,
                        UnaryOperator.identity(),
                        with ? List.of(wrapper.server().orElseThrow()) : List.of()));
        client = Client.create(
                ClientOptions.DEFAULTS,
                new ClientParts(
                        transport,
                        Codecs.standard(),
                        Selector.caching(
                                SelectorOptions.DEFAULTS,
                                new SelectorParts(
                                        registry, timers, new SplittableRandom(1), node -> Future.succeededFuture())),
                        broker,
                        timers,
                        with ? List.of(wrapper.client().orElseThrow()) : List.of(),
                        with ? List.of(wrapper.attempt().orElseThrow()) : List.of()));
    }
}
