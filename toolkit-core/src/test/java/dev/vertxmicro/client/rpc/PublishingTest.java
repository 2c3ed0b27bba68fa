package dev.vertxmicro.client.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.Delivery;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientInterceptor;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.codec.Codecs;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.selector.SelectorOptions;
import dev.vertxmicro.selector.SelectorParts;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.ScriptedTransport;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PublishingTest {
    private static final Topic<StringValue> EVENTS = Topic.of("events", StringValue.class);

    private final ManualTimers timers = Timers.manual();
    private final ScriptedTransport transport = new ScriptedTransport();
    private final Broker broker = Broker.inMemory(timers);
    private final List<Message> heard = new ArrayList<>();

    private Client client(ClientOptions options, ClientInterceptor... interceptors) {
        Selector selector = Selector.caching(
                SelectorOptions.DEFAULTS,
                new SelectorParts(Registry.inMemory(timers), timers, new SplittableRandom(1), transport::probe));
        return Client.create(
                options,
                new ClientParts(transport, Codecs.standard(), selector, broker, timers, List.of(interceptors)));
    }

    private void listen() {
        broker.connect();
        assertThat(broker.subscribe("events", this::hear).succeeded()).isTrue();
    }

    private Future<Void> hear(Delivery delivery) {
        heard.add(delivery.message());
        return Future.succeededFuture();
    }

    private static MicroException failure(Future<?> future) {
        assertThat(future.failed()).as("failed").isTrue();
        return (MicroException) future.cause();
    }

    @Test
    void sendsWhatGoMicroSends() {
        listen();
        CallContext context = CallContext.create().withMetadata("name", "davie");
        Client client = client(ClientOptions.DEFAULTS.withName("caller"));
        assertThat(client.publish(context, EVENTS, StringValue.of("x")).succeeded())
                .isTrue();
        Map<String, String> headers = new TreeMap<>(heard.get(0).headers().toMap());
        assertThat(headers.remove("Micro-Id")).hasSize(36);
        assertThat(headers)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "Content-Type",
                        "application/protobuf",
                        "Micro-Topic",
                        "events",
                        "Micro-From-Service",
                        "caller",
                        "name",
                        "davie"));
        assertThat(heard.get(0).body().getBytes()).isEqualTo(StringValue.of("x").toByteArray());
    }

    @Test
    void takesTheContentTypeOfTheTopicBeforeThatOfTheClient() {
        listen();
        Client client = client(ClientOptions.DEFAULTS.withContentType("application/json"));
        client.publish(EVENTS, StringValue.of("x"));
        client.publish(EVENTS.withContentType("application/protobuf"), StringValue.of("y"));
        assertThat(heard.get(0).body().toString()).isEqualTo("\"x\"\n");
        assertThat(heard.get(0).headers().value("Content-Type", "")).isEqualTo("application/json");
        assertThat(heard.get(1).headers().value("Content-Type", "")).isEqualTo("application/protobuf");
    }

    @Test
    void leavesOutWhatDescribesTheCallThatCausedIt() {
        listen();
        Metadata received = Metadata.from(Map.of(
                "Traceparent", "t", "Micro-From-Service", "first", "Micro-Id", "7", "Timeout", "5", "Local", "here"));
        CallContext context = CallContext.received(received, CallContext.NO_DEADLINE, Cancellation.NEVER, Peer.UNKNOWN)
                .withMetadata("Micro-Method", "A.B");
        client(ClientOptions.DEFAULTS.withName("second")).publish(context, EVENTS, StringValue.of("x"));
        Map<String, String> headers = new TreeMap<>(heard.get(0).headers().toMap());
        assertThat(headers.remove("Micro-Id")).hasSize(36);
        assertThat(headers.keySet())
                .containsExactlyInAnyOrder("Content-Type", "Micro-Topic", "Micro-From-Service", "Traceparent");
        assertThat(headers).containsEntry("Micro-From-Service", "first");
    }

    @Test
    void connectsTheBrokerBeforeTheFirstMessageAndNotAgain() {
        Client client = client(ClientOptions.DEFAULTS);
        assertThat(client.publish(EVENTS, StringValue.of("x")).succeeded()).isTrue();
        broker.disconnect();
        assertThat(failure(client.publish(EVENTS, StringValue.of("x"))).detail())
                .isEqualTo("not connected");
    }

    @Test
    void stopsWaitingAtTheDeadlineAndOnCancellation() {
        broker.connect();
        broker.subscribe(
                "events",
                delivery -> Promise.<Void>promise().future(),
                SubscribeOptions.DEFAULTS.withBufferMessages(1).withHandlerTimeout(Duration.ZERO));
        Client client = client(ClientOptions.DEFAULTS);
        client.publish(EVENTS, StringValue.of("fills the buffer"));
        CallContext limited =
                CallContext.create().withDeadline(Duration.ofSeconds(1).toNanos());
        Future<Void> late = client.publish(limited, EVENTS, StringValue.of("x"));
        Cancellation cancellation = new Cancellation();
        CallContext cancelled = CallContext.create().withCancellation(cancellation);
        Future<Void> given = client.publish(cancelled, EVENTS, StringValue.of("x"));
        timers.advance(Duration.ofMillis(999));
        assertThat(late.isComplete()).isFalse();
        timers.advance(Duration.ofMillis(1));
        assertThat(failure(late).code()).isEqualTo(408);
        cancellation.cancel(MicroException.timeout("x", "gone"));
        assertThat(failure(given).detail()).isEqualTo("context canceled");
        assertThat(failure(client.publish(limited, EVENTS, StringValue.of("x"))).detail())
                .isEqualTo("context deadline exceeded");
        assertThat(failure(client.publish(cancelled, EVENTS, StringValue.of("x")))
                        .detail())
                .isEqualTo("context canceled");
        assertThat(timers.pending()).isZero();
    }

    @Test
    void saysWhatCannotBeEncodedAndWhatComesTooLate() {
        Client client = client(ClientOptions.DEFAULTS);
        assertThat(failure(client.publish(Topic.of("events", String.class), "text"))
                        .id())
                .isEqualTo("go.micro.client.codec");
        client.close();
        assertThat(failure(client.publish(EVENTS, StringValue.of("x"))).detail())
                .isEqualTo("client is closed");
    }

    @Test
    void runsInterceptorsAroundTheMessage() {
        listen();
        ClientInterceptor marks = new ClientInterceptor.OfMessages() {
            @Override
            public <T> Future<Void> interceptPublish(CallContext context, Topic<T> topic, T payload, Publication next) {
                String before = context.outgoing().value("Order", "");
                return next.publish(context.withMetadata("Order", before + topic.name() + " "), topic, payload);
            }
        };
        client(ClientOptions.DEFAULTS, marks, marks).publish(EVENTS, StringValue.of("x"));
        assertThat(heard.get(0).headers().value("Order", "")).isEqualTo("events events ");
    }
}
