package dev.vertxmicro.server.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Int32Value;
import com.google.protobuf.StringValue;
import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.DeadLetter;
import dev.vertxmicro.broker.DeliveryHandler;
import dev.vertxmicro.broker.RecordingBroker;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.server.EventHandler;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerInterceptor;
import dev.vertxmicro.server.ServerOptions;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.ScriptedTransport;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BrokerEventsTest {
    private static final SubscribeOptions QUEUE = SubscribeOptions.DEFAULTS.withQueue("q");
    private static final Topic<StringValue> EVENTS = Topic.of("events", StringValue.class);

    private final ManualTimers timers = Timers.manual();
    private final ScriptedTransport transport = new ScriptedTransport();
    private final Registry registry = Registry.inMemory(timers);
    private final RecordingBroker broker = new RecordingBroker(Broker.inMemory(timers));
    private final List<String> heard = new ArrayList<>();

    private Server server() {
        return server(ServerOptions.defaults().withName("greeter"));
    }

    private Server server(ServerOptions options) {
        return Server.create(options, new ServerParts(transport, registry, broker, timers));
    }

    private EventHandler<StringValue> hears(String who) {
        return (message, context) -> {
            heard.add(who + " " + message.getValue());
            return Future.succeededFuture();
        };
    }

    private static Buffer bytes(String value) {
        return Buffer.buffer(StringValue.of(value).toByteArray());
    }

    /** Publishes a message with these headers, names and values in turn. */
    private void send(String topic, Buffer body, String... headers) {
        Metadata.Builder builder = Metadata.builder(headers.length / 2);
        for (int i = 0; i < headers.length; i += 2) {
            builder.add(headers[i], headers[i + 1]);
        }
        assertThat(broker.publish(topic, new Message(builder.build(), body)).succeeded())
                .isTrue();
    }

    private void start(Server server) {
        assertThat(server.start().succeeded()).isTrue();
    }

    @Test
    void runsEachHandlerOnceWhateverTheNumberOfTopicsAndSubscriptions() {
        start(server().subscribe(EVENTS, hears("one"))
                .subscribe(EVENTS, hears("two"))
                .subscribe(EVENTS, hears("patient"), SubscribeOptions.DEFAULTS.withMaxAttempts(50))
                .subscribe(EVENTS, hears("queued"), QUEUE)
                .subscribe("others", StringValue.class, hears("other")));
        EVENTS.publish(broker, StringValue.of("x"));
        assertThat(heard).containsExactlyInAnyOrder("one x", "two x", "patient x", "queued x");
    }

    @Test
    void tellsHandlersWhichAttemptItIs() {
        List<Integer> attempts = new ArrayList<>();
        start(server().subscribe(EVENTS, (message, context) -> {
            attempts.add(ServerInterceptor.attempt(context));
            return attempts.size() < 3 ? Future.failedFuture("not yet") : Future.succeededFuture();
        }));
        EVENTS.publish(broker, StringValue.of("x"));
        timers.advance(Duration.ofSeconds(10));
        assertThat(attempts).containsExactly(1, 2, 3);
    }

    @Test
    void subscribesOnceForEachTopicAndOptionsAndToItsOwnName() {
        Server server = server();
        server.subscribe(EVENTS, hears("one")).subscribe(EVENTS, hears("two")).subscribe(EVENTS, hears("q"), QUEUE);
        start(server);
        assertThat(broker.subscribed()).containsExactly("greeter", "events", "events q");
        assertThat(server.stop().succeeded()).isTrue();
        assertThat(broker.subscribed()).isEmpty();
    }

    @Test
    void subscribesToNothingWithoutSubscribers() {
        start(server());
        assertThat(broker.subscribed()).isEmpty();
    }

    @Test
    void registersBeforeItSubscribes() {
        broker.beforeSubscribe(() -> heard.add("registered: "
                + registry.get("greeter")
                        .result()
                        .get(0)
                        .nodes()
                        .get(0)
                        .metadata()
                        .get("broker")));
        start(server().subscribe(EVENTS, hears("one")));
        assertThat(heard).containsExactly("registered: memory", "registered: memory");
    }

    @Test
    void takesTheTopicOfTheBrokerWhereTheHeaderIsMissing() {
        start(server().subscribe(EVENTS.withContentType("application/json"), hears("one")));
        send("events", Buffer.buffer("\"x\""));
        assertThat(heard).containsExactly("one x");
    }

    @Test
    void passesWhatIsSentToTheServiceByNameToTheTopicOfTheHeader() {
        start(server().subscribe(EVENTS, hears("one"))
                .subscribe(EVENTS, hears("queued"), QUEUE)
                .subscribe("greeter", StringValue.class, hears("named"), QUEUE));
        send("greeter", bytes("x"), "Micro-Topic", "events");
        assertThat(heard).containsExactlyInAnyOrder("one x", "queued x");
        send("greeter", bytes("y"));
        assertThat(heard).containsExactlyInAnyOrder("one x", "queued x", "named y");
    }

    @Test
    void passesAMessageOfAnotherTopicOnOnceWhereATopicHasSeveralSubscriptions() {
        start(server().subscribe("others", StringValue.class, hears("other"))
                .subscribe(EVENTS, hears("queued"), QUEUE)
                .subscribe(EVENTS, hears("one")));
        send("events", bytes("x"), "Micro-Topic", "others");
        assertThat(heard).containsExactly("other x");
    }

    @Test
    void passesOverTopicsThatNobodyKnows() {
        start(server().subscribe(EVENTS, hears("one"), SubscribeOptions.DEFAULTS.withDeadLetter("dead")));
        List<Message> dead = dead();
        int pending = timers.pending();
        send("events", bytes("x"), "Micro-Topic", "nobody");
        assertThat(heard).isEmpty();
        assertThat(dead).isEmpty();
        assertThat(timers.pending()).as("no redelivery").isEqualTo(pending);
    }

    @Test
    void deliversNothingAgainThatIsWrongForGood() {
        MicroException wrong = MicroException.badRequest("greeter", "name: must not be blank");
        start(server().subscribe(
                        EVENTS,
                        (message, context) -> Future.failedFuture(wrong),
                        SubscribeOptions.DEFAULTS.withDeadLetter("dead")));
        List<Message> dead = dead();
        send("events", bytes("x"));
        assertThat(dead).hasSize(1);
    }

    private List<Message> dead() {
        List<Message> dead = new ArrayList<>();
        DeliveryHandler handler = delivery -> {
            dead.add(delivery.message());
            return Future.succeededFuture();
        };
        assertThat(broker.delegate().subscribe("dead", handler).succeeded()).isTrue();
        return dead;
    }

    @Test
    void deliversAgainWhatAHandlerFailedWithUntilItSucceeds() {
        SubscribeOptions options =
                SubscribeOptions.DEFAULTS.withRedelivery(Duration.ofSeconds(1), Duration.ofSeconds(9));
        start(server().subscribe(
                        EVENTS,
                        (message, context) -> {
                            heard.add(message.getValue());
                            return heard.size() < 3
                                    ? Future.failedFuture(MicroException.internal("greeter", "not yet"))
                                    : Future.succeededFuture();
                        },
                        options));
        EVENTS.publish(broker, StringValue.of("x"));
        timers.advance(Duration.ofSeconds(1));
        timers.advance(Duration.ofSeconds(2));
        timers.advance(Duration.ofSeconds(20));
        assertThat(heard).containsExactly("x", "x", "x");
    }

    @Test
    void makesADeadLetterOfWhatCannotBeDecodedOrIsOfAnUnknownType() {
        start(server().subscribe(EVENTS, hears("one"), SubscribeOptions.DEFAULTS.withDeadLetter("dead")));
        List<Message> dead = dead();
        send("events", Buffer.buffer("{"), "Content-Type", "application/json");
        send("events", bytes("x"), "Content-Type", "application/foo");
        send("events", Buffer.buffer(new byte[] {0x0a}));
        assertThat(heard).isEmpty();
        assertThat(dead)
                .extracting(message -> message.headers().value(DeadLetter.ATTEMPTS, ""))
                .containsExactly("1", "1", "1");
        assertThat(dead.get(1).headers().value(DeadLetter.REASON, ""))
                .contains("subscriber error: Unsupported Content-Type: application/foo");
    }

    @Test
    void triesAgainWhereOneCannotDecodeAndAnotherFails() {
        SubscribeOptions options = SubscribeOptions.DEFAULTS
                .withMaxAttempts(2)
                .withDeadLetter("dead")
                .withRedelivery(Duration.ZERO, Duration.ZERO);
        start(server().subscribe(
                        EVENTS,
                        (message, context) -> {
                            heard.add(message.getValue());
                            throw new IllegalStateException("jdbc:secret");
                        },
                        options)
                .subscribe("events", Int32Value.class, (message, context) -> Future.succeededFuture(), options));
        List<Message> dead = dead();
        send("events", Buffer.buffer("\"x\""), "Content-Type", "application/json");
        timers.advance(Duration.ofSeconds(1));
        assertThat(heard).containsExactly("x", "x");
        assertThat(dead.get(0).headers().value(DeadLetter.REASON, ""))
                .contains("internal error")
                .doesNotContain("secret");
    }

    @Test
    void showsHeadersDeadlineAndInterceptors() {
        ServerInterceptor spy = new ServerInterceptor.OfMessages() {
            @Override
            public <M> Future<Void> interceptMessage(
                    Topic<M> topic, M message, CallContext context, EventHandler<M> next) {
                heard.add(topic.name() + " " + context.metadata().value("name", "") + " "
                        + (context.deadline() - timers.nanoTime()));
                return next.handle(message, context);
            }
        };
        start(Server.create(
                        ServerOptions.defaults().withName("greeter"),
                        new ServerParts(transport, registry, broker, timers).withInterceptors(List.of(spy)))
                .subscribe(EVENTS, hears("one")));
        send("events", bytes("x"), "name", "davie", "Timeout", "1000");
        assertThat(heard).containsExactly("events davie 1000", "one x");
    }

    @Test
    void waitsAtTheLimitOfConcurrentCallsAndGoesOnWhenOneEnds() {
        List<Promise<Void>> running = new ArrayList<>();
        Server server = server(ServerOptions.defaults().withName("greeter").withMaxConcurrentCalls(1));
        for (String topic : List.of("a", "b", "c")) {
            server.subscribe(topic, StringValue.class, (message, context) -> {
                heard.add(topic);
                Promise<Void> done = Promise.promise();
                running.add(done);
                return done.future();
            });
        }
        start(server);
        send("a", bytes(""));
        send("b", bytes(""));
        send("c", bytes(""));
        assertThat(heard).containsExactly("a");
        running.get(0).complete();
        assertThat(heard).containsExactly("a", "b");
        running.get(1).fail("broken");
        assertThat(heard).containsExactly("a", "b", "c");
        assertThat(server.statistics().refused()).isZero();
    }

    @Test
    @SuppressWarnings("NullAway") // what a user's slip looks like
    void survivesAHandlerThatAnswersNull() {
        Server server = server(ServerOptions.defaults().withName("greeter").withMaxConcurrentCalls(1));
        start(server.subscribe(EVENTS, (message, context) -> null)
                .subscribe("others", StringValue.class, hears("other")));
        EVENTS.publish(broker, StringValue.of("x"));
        send("others", bytes("y"));
        assertThat(heard).containsExactly("other y");
    }

    @Test
    void stopsAfterTheHandlerThatRunsAndTakesNothingMeanwhile() {
        Promise<Void> running = Promise.promise();
        Server server = server().subscribe(EVENTS, (message, context) -> {
            heard.add(message.getValue());
            return running.future();
        });
        start(server);
        EVENTS.publish(broker, StringValue.of("x"));
        Future<Void> stopped = server.stop();
        EVENTS.publish(broker, StringValue.of("y"));
        assertThat(stopped.isComplete()).isFalse();
        running.complete();
        assertThat(stopped.succeeded()).isTrue();
        assertThat(heard).containsExactly("x");
    }

    @Test
    void goesOnAfterAHandlerThatNeverCompletes() {
        start(server().subscribe(EVENTS, (message, context) -> {
            heard.add(message.getValue());
            return message.getValue().equals("stuck") ? Promise.<Void>promise().future() : Future.succeededFuture();
        }));
        EVENTS.publish(broker, StringValue.of("stuck"));
        EVENTS.publish(broker, StringValue.of("x"));
        assertThat(heard).containsExactly("stuck");
        timers.advance(SubscribeOptions.DEFAULTS.handlerTimeout());
        assertThat(heard).containsExactly("stuck", "x");
        timers.advance(SubscribeOptions.DEFAULTS.redeliveryDelay());
        assertThat(heard).as("another attempt").containsExactly("stuck", "x", "stuck");
    }

    @Test
    void doesNotCountTheWaitForAPlaceAsTheHandlers() {
        Promise<Void> running = Promise.promise();
        Server server = server(ServerOptions.defaults().withName("greeter").withMaxConcurrentCalls(1))
                .subscribe(
                        "patient",
                        StringValue.class,
                        (message, context) -> running.future(),
                        SubscribeOptions.DEFAULTS.withHandlerTimeout(Duration.ZERO))
                .subscribe(EVENTS, hears("one"), SubscribeOptions.DEFAULTS.withMaxAttempts(1));
        start(server);
        send("patient", bytes("x"));
        EVENTS.publish(broker, StringValue.of("x"));
        timers.advance(Duration.ofMinutes(5));
        running.complete();
        assertThat(heard).containsExactly("one x");
    }

    @Test
    void leavesWhatTheBackendKeepsForItsNextStart() {
        broker.keepSubscriptions();
        SubscribeOptions once = SubscribeOptions.DEFAULTS.withMaxAttempts(1).withDeadLetter("dead");
        Server server = server().subscribe(EVENTS, hears("one"), once);
        start(server);
        List<Message> dead = dead();
        assertThat(server.stop().succeeded()).isTrue();
        assertThat(broker.subscribed()).containsExactly("greeter", "events");
        EVENTS.publish(broker, StringValue.of("x"));
        timers.advance(Duration.ofMinutes(1));
        assertThat(heard).isEmpty();
        assertThat(dead).as("given up").isEmpty();
    }

    @Test
    void leavesNothingBehindWhenItCannotSubscribe() {
        broker.refuse("events");
        Server server = server().subscribe(EVENTS, hears("one"));
        assertThat(server.start().cause()).hasMessage("no events");
        assertThat(broker.subscribed()).isEmpty();
        assertThat(transport.listening).isFalse();
        assertThat(registry.get("greeter").result()).isEmpty();
    }

    @Test
    void refusesOptionsThatNoHandlerCanKeep() {
        Server server = server().subscribe(EVENTS, hears("one"), QUEUE);
        assertThatThrownBy(() -> server.subscribe(EVENTS, hears("two"), QUEUE.withMaxAttempts(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("options of queue q at topic events: ");
        assertThatThrownBy(() -> server.subscribe(EVENTS, hears("two"), QUEUE.withAutoAck(false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("autoAck: false");
    }

    @Test
    void countsMessagesOnThePortOfTheCallsAsBefore() {
        start(server().subscribe(EVENTS, hears("one")).subscribe(EVENTS, hears("queued"), QUEUE));
        transport.handler.handle(
                new Message(Metadata.of("Micro-Topic", "events"), bytes("x")), Peer.UNKNOWN, new Cancellation());
        assertThat(heard).containsExactly("one x", "queued x");
    }
}
