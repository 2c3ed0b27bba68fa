package dev.vertxmicro.wrapper.tracing;

import com.google.protobuf.StringValue;
import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.codec.Codecs;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.selector.Filter;
import dev.vertxmicro.selector.Selection;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.server.Invoker;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerOptions;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Transport;
import dev.vertxmicro.wrapper.Wrapper;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.vertx.core.Future;
import java.util.List;

/** A client and a server, greeter, in memory, both traced; time stands still. */
final class TracedGreeter {
    static final String ADDRESS = "127.0.0.1:9";
    static final Endpoint<StringValue, StringValue> HELLO =
            new Endpoint<>("Greeter.Hello", StringValue.class, StringValue.class, Endpoint.Kind.UNARY, true);
    static final Endpoint<StringValue, StringValue> CHAT =
            new Endpoint<>("Greeter.Chat", StringValue.class, StringValue.class, Endpoint.Kind.BIDIRECTIONAL, false);
    static final Topic<StringValue> STUDENTS = Topic.of("students", StringValue.class);

    final ManualTimers timers = Timers.manual();
    final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    final OpenTelemetrySdk telemetry;
    final Transport transport = Transport.inMemory(timers);
    final Client client;
    final Server server;

    TracedGreeter() {
        this(TracingOptions.DEFAULTS);
    }

    TracedGreeter(TracingOptions options) {
        this(options, Sampler.parentBased(Sampler.alwaysOn()), w3c());
    }

    TracedGreeter(TracingOptions options, Sampler sampler, TextMapPropagator propagator) {
        this(options, sampler, propagator, Invoker.direct());
    }

    TracedGreeter(TracingOptions options, Sampler sampler, TextMapPropagator propagator, Invoker invoker) {
        telemetry = OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .setSampler(sampler)
                        .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                        .build())
                .setPropagators(ContextPropagators.create(propagator))
                .build();
        Wrapper wrapper = Tracing.of(telemetry, "greeter", options);
        Broker broker = Broker.inMemory(timers);
        client = Client.create(
                ClientOptions.DEFAULTS.withRetries(1),
                new ClientParts(
                        transport,
                        Codecs.standard(),
                        new NoSelector(),
                        broker,
                        timers,
                        wrapper.client().stream().toList(),
                        wrapper.attempt().stream().toList()));
        server = Server.create(
                ServerOptions.defaults().withName("greeter").withAddress(ADDRESS),
                new ServerParts(
                        transport,
                        Codecs.standard(),
                        Registry.inMemory(timers),
                        broker,
                        timers,
                        invoker,
                        address -> address,
                        wrapper.server().stream().toList()));
    }

    static TextMapPropagator w3c() {
        return TextMapPropagator.composite(W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance());
    }

    /** Nodes are named by each call. */
    private record NoSelector() implements Selector {
        @Override
        public Future<Selection> select(String service, List<Filter> filters) {
            return Future.failedFuture("no node of " + service);
        }

        @Override
        public List<Node> nodes(String service) {
            return List.of();
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }

    static Request<StringValue, StringValue> hello(String... addresses) {
        return to(HELLO, addresses);
    }

    static Request<StringValue, StringValue> to(Endpoint<StringValue, StringValue> endpoint, String... addresses) {
        List<String> nodes = addresses.length == 0 ? List.of(ADDRESS) : List.of(addresses);
        return Request.of("greeter", endpoint, StringValue.of("davie"))
                .withOptions(CallOptions.DEFAULTS.withAddresses(nodes));
    }

    List<SpanData> spans() {
        return exporter.getFinishedSpanItems();
    }

    /** The only span of a kind. */
    SpanData span(SpanKind kind) {
        List<SpanData> found =
                spans().stream().filter(span -> span.getKind() == kind).toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " spans of kind " + kind + ": " + spans());
        }
        return found.get(0);
    }
}
