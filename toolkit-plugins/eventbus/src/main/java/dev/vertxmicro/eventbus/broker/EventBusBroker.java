package dev.vertxmicro.eventbus.broker;

import dev.vertxmicro.broker.Admission;
import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.BrokerStatistics;
import dev.vertxmicro.broker.BrokerTraits;
import dev.vertxmicro.broker.DeliveryHandler;
import dev.vertxmicro.broker.PublishedWhen;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.Subscription;
import dev.vertxmicro.broker.local.LocalSubscriptions;
import dev.vertxmicro.engine.Confinement;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.error.Catching;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A broker that a {@code BrokerVerticle} owns, in the same Vert.x or on another node of the cluster. It can what that one's broker
 * can; see {@link #traits}.
 *
 * <p>Subscriptions are held by the BrokerVerticle, which sends each message as a request: it is acknowledged there when it was
 * handled here. They are dropped within two checks when the verticle that made this broker is undeployed, or its node is gone, and
 * made anew when another BrokerVerticle answers; what is published between may be lost, as far as its broker does not keep it.
 *
 * <p>A message has an id of its own, and is offered again for as long as no BrokerVerticle has taken it, within the timeout; while the
 * one that publishes gives no sign of life, messages wait here for whoever takes over. A
 * publish that then fails with 503 has published nothing; one that fails with 504 names the id, and it is not known whether it has.
 *
 * <p>Where no BrokerVerticle is, operations fail with 503 and name the address; where one is silent, with 408; otherwise with what
 * its broker failed with.
 */
public final class EventBusBroker implements Broker {
    /** Name of the type. */
    public static final String TYPE = "eventbus";

    private static final BrokerTraits UNKNOWN = new BrokerTraits(PublishedWhen.BUFFERED, false, false, false);

    private enum State {
        NEW,
        CONNECTED,
        CLOSED
    }

    private final EventBusBrokerOptions options;
    private final Confinement confinement;
    private final BrokerLine line;
    private final HolderWatch watch;
    private final LocalSubscriptions local;
    private final Subscriber subscriber;
    private final Admission admission;
    private final Timers callers;
    /** Ids of messages begin with it. */
    private final String prefix = UUID.randomUUID() + "-";

    private final AtomicLong published = new AtomicLong();
    /** Counts disconnects and the close, which a connect that is under way must not undo. Confined. */
    private int changes;

    private volatile State state = State.NEW;
    private volatile BrokerTraits traits = UNKNOWN;

    private EventBusBroker(Vertx vertx, EventBusBrokerOptions options) {
        this.options = options;
        callers = VertxTimers.of(vertx);
        confinement = Confinement.onContextOfMaker(vertx, callers, BrokerLine.ID, "broker is closed");
        admission = new Admission(options.maxInFlight(), options.maxInFlightBytes());
        line = new BrokerLine(vertx.eventBus(), options);
        watch = new HolderWatch(line, callers);
        local = LocalSubscriptions.create(callers, this::publish);
        subscriber = new Subscriber(line, local, options.check(), callers);
    }

    /**
     * Makes a broker. Called by a verticle, the broker is the verticle's: its subscriptions vanish when that is undeployed.
     *
     * @param vertx   whose event bus is used
     * @param options settings
     * @return the broker, not connected
     */
    public static EventBusBroker create(Vertx vertx, EventBusBrokerOptions options) {
        return new EventBusBroker(vertx, options);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String address() {
        return options.address();
    }

    /** {@inheritDoc} Those of the BrokerVerticle's broker, from the first {@link #connect} on; before it, the least. */
    @Override
    public BrokerTraits traits() {
        return traits;
    }

    @Override
    public Future<Void> connect() {
        return confinement.call(() -> {
            int before = changes;
            watch.start();
            Future<Void> followed = line.route().open();
            return followed.compose(open -> line.ask(new JsonObject(), line.asking("ping")))
                    .compose(answer -> {
                        if (changes != before) {
                            return Future.failedFuture(
                                    MicroException.internal(BrokerLine.ID, "disconnected while connecting"));
                        }
                        JsonObject told = answer.getJsonObject("traits");
                        traits = new BrokerTraits(
                                PublishedWhen.valueOf(told.getString("publishedWhen")),
                                told.getBoolean("headers"),
                                told.getBoolean("wildcards"),
                                told.getBoolean("keepsForLater"));
                        line.route().heard(answer);
                        state = State.CONNECTED;
                        local.resume();
                        return subscriber.connect();
                    });
        });
    }

    @Override
    public Future<Void> disconnect() {
        return confinement.call(() -> {
            changes++;
            state = State.NEW;
            local.pause();
            watch.stop();
            return subscriber.disconnect().eventually(line.route()::close);
        });
    }

    @Override
    public Future<Void> publish(String topic, Message message) {
        return Catching.refusing(BrokerLine.ID, () -> send(topic, message));
    }

    private Future<Void> send(String topic, Message message) {
        SubscribeOptions.DEFAULTS.requireTopic(topic);
        if (state != State.CONNECTED) {
            return Future.failedFuture(refusal());
        }
        int size = message.body().length();
        Optional<String> full = admission.enter(size);
        if (full.isPresent()) {
            return Future.failedFuture(MicroException.unavailable(
                            BrokerLine.ID, "too much waits to be published, try again (" + full.get() + ")")
                    .asRetryable()
                    .withoutStackTrace());
        }
        long number = published.getAndIncrement();
        return Catching.future("event bus", () -> new RepeatedPublish(
                                line,
                                watch,
                                callers,
                                () -> state == State.CONNECTED,
                                topic,
                                message,
                                prefix + number,
                                number)
                        .begin())
                .onComplete(done -> admission.leave(size));
    }

    @Override
    public Future<Subscription> subscribe(String topic, DeliveryHandler handler, SubscribeOptions subscribing) {
        return Catching.refusing(BrokerLine.ID, () -> add(topic, handler, subscribing));
    }

    private Future<Subscription> add(String topic, DeliveryHandler handler, SubscribeOptions subscribing) {
        subscribing.requireTopic(topic);
        if (state != State.CONNECTED) {
            return Future.failedFuture(refusal());
        }
        String id = UUID.randomUUID().toString();
        Subscription added = local.add(id, handler, subscribing, () -> confinement
                .call(() -> subscriber.leave(id))
                .otherwiseEmpty());
        return confinement.call(() -> subscriber
                .enter(id, topic, subscribing)
                .<Subscription>map(done -> new Held(topic, added))
                .onFailure(failure -> added.unsubscribe()));
    }

    /** A subscription by the name it has for others. */
    private record Held(String topic, Subscription added) implements Subscription {
        @Override
        public SubscribeOptions options() {
            return added.options();
        }

        @Override
        public Future<Void> unsubscribe() {
            return added.unsubscribe();
        }
    }

    private MicroException refusal() {
        return state == State.CLOSED ? confinement.tooLate() : MicroException.internal(BrokerLine.ID, "not connected");
    }

    @Override
    public BrokerStatistics statistics() {
        return local.statistics();
    }

    @Override
    public Future<Void> close() {
        return confinement.close(() -> {
            changes++;
            state = State.CLOSED;
            local.close(confinement.tooLate());
            watch.stop();
            return subscriber.close().eventually(line.route()::close);
        });
    }
}
