package dev.vertxmicro.broker.mqtt;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.BrokerStatistics;
import dev.vertxmicro.broker.BrokerTraits;
import dev.vertxmicro.broker.DeliveryHandler;
import dev.vertxmicro.broker.PublishedWhen;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.Subscription;
import dev.vertxmicro.broker.local.LocalSubscriptions;
import dev.vertxmicro.broker.mqtt.naming.SubscriberKey;
import dev.vertxmicro.broker.mqtt.naming.TopicNames;
import dev.vertxmicro.broker.mqtt.publishing.MqttPublisher;
import dev.vertxmicro.broker.mqtt.session.MqttContext;
import dev.vertxmicro.broker.mqtt.session.MqttSession;
import dev.vertxmicro.broker.mqtt.subscribing.MqttSubscriptions;
import dev.vertxmicro.engine.EventPayload;
import dev.vertxmicro.error.Catching;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Carries messages over an MQTT 3.1.1 server, such as Mosquitto, in go-micro's envelope (go-plugins {@code broker/mqtt}) or bare.
 *
 * <p>A publish completes when the server has acknowledged the message: PUBACK at QoS 1, PUBCOMP at QoS 2; at QoS 0 when it is
 * written. While the server is away, publishes wait, in order, and what was not acknowledged is sent again: at QoS 1 and 2 a message
 * whose publish completed is delivered at least once. A message is acknowledged to the server when its subscribers have settled it;
 * a negative acknowledgement is unknown to MQTT, so redelivery is a matter of this process.
 *
 * <p>Publishing has one connection, with the last will; it takes the client id as it is. Subscriptions have others: one for all topics
 * without a queue ({@code <clientId>-sub}), one a queue ({@code <clientId>-<queue>}, by {@code $share}), one a pattern.
 *
 * <p>Fails with 503 if too much waits, with 408 if the server takes too long, with 413 for what is too long for a message, with 500 if
 * it cannot be reached or refuses. May be used from any thread; callbacks run on the context of the caller.
 */
public final class MqttBroker implements Broker {
    /** Name of the type. */
    static final String TYPE = "mqtt";

    private static final String ID = MqttContext.ERROR_ID;

    private enum State {
        NEW,
        CONNECTED,
        DISCONNECTED,
        CLOSED
    }

    private final MqttContext context;
    private final MqttBrokerOptions options;
    private final MqttPublisher publisher;
    private final MqttSession session;
    private final LocalSubscriptions local;
    private final MqttSubscriptions subscriptions;
    private final boolean raw;
    private volatile State state = State.NEW;
    /** What changes the connections, one after the other. Confined to the context. */
    private Future<Void> last = Future.succeededFuture();

    private MqttBroker(MqttContext context, MqttBrokerOptions options) {
        this.context = context;
        this.options = options;
        raw = options.payload() == MqttPayload.RAW;
        BrokerSettings settings = BrokerSettings.of(options);
        publisher = new MqttPublisher(context, settings.publishing());
        session = new MqttSession(context, settings.connections(), settings.publisher(), publisher);
        local = LocalSubscriptions.create(context.timers(), this::send);
        subscriptions = new MqttSubscriptions(context, settings.subscribing(), local);
    }

    /**
     * Makes a broker. Nothing is sent before it is connected.
     *
     * @param vertx   has the connections, and the contexts that callbacks run on
     * @param options settings
     * @return the broker, not connected
     */
    public static MqttBroker create(Vertx vertx, MqttBrokerOptions options) {
        return new MqttBroker(MqttContext.of(vertx), options);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String address() {
        return String.join(",", options.addresses());
    }

    @Override
    public BrokerTraits traits() {
        return new BrokerTraits(PublishedWhen.STORED, !raw, true, false);
    }

    @Override
    public boolean keepsSubscriptions() {
        MqttLogin login = options.login();
        return login.sessions() == MqttSessions.ALL || login.keepsQueues();
    }

    /**
     * {@inheritDoc}
     *
     * <p>Fails if no server takes the connection, each asked once, unless {@link MqttReconnect#required} is false. Once it has
     * succeeded, connections that are lost are made again until {@link #disconnect}.
     */
    @Override
    public Future<Void> connect() {
        return change(() -> {
            if (state == State.CONNECTED) {
                return Future.succeededFuture();
            }
            boolean required = options.reconnect().required();
            Future<Void> opened = session.open(!required);
            return (required ? opened : Future.<Void>succeededFuture()).compose(up -> {
                if (state == State.CLOSED) {
                    return Future.failedFuture(closedFailure());
                }
                boolean again = state == State.DISCONNECTED;
                state = State.CONNECTED;
                local.resume();
                return again && required ? subscriptions.open() : later(subscriptions.open());
            });
        });
    }

    @Override
    public Optional<String> outage() {
        return state == State.CONNECTED && session.link() == null
                ? Optional.of("mqtt: not connected to " + address() + ", connecting again")
                : Optional.empty();
    }

    private static Future<Void> later(Future<Void> whenever) {
        whenever.onFailure(failure -> {});
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> disconnect() {
        return change(() -> {
            if (state != State.CONNECTED) {
                return Future.succeededFuture();
            }
            state = State.DISCONNECTED;
            local.pause();
            return closeConnections();
        });
    }

    private Future<Void> closeConnections() {
        return Future.join(session.close(), subscriptions.close())
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    @Override
    public Future<Void> publish(String topic, Message message) {
        return Catching.refusing(ID, () -> {
            TopicNames.requireName(topic);
            return switch (state) {
                case CLOSED -> Future.failedFuture(closedFailure());
                case CONNECTED -> send(topic, message);
                case NEW, DISCONNECTED -> Future.failedFuture(notConnected());
            };
        });
    }

    private Future<Void> send(String topic, Message message) {
        return publisher.publish(topic, raw ? message.body() : EventPayload.write(message));
    }

    @Override
    public Future<Subscription> subscribe(String topic, DeliveryHandler handler, SubscribeOptions options) {
        return Catching.refusing(ID, () -> {
            TopicNames.requireFilter(topic);
            options.queue().ifPresent(TopicNames::requireQueue);
            options.deadLetter().ifPresent(TopicNames::requireDeadLetter);
            options.requireTopic(topic);
            TopicNames.requireLength(
                    "topic", SubscriberKey.of(topic, options.queue()).filter(topic));
            return switch (state) {
                case CLOSED -> Future.failedFuture(closedFailure());
                case CONNECTED -> subscriptions.add(topic, handler, options);
                case NEW, DISCONNECTED -> Future.failedFuture(notConnected());
            };
        });
    }

    @Override
    public BrokerStatistics statistics() {
        return local.statistics();
    }

    @Override
    public Future<Void> close() {
        Promise<Void> reply = context.timers().promise();
        context.run(() -> {
            if (state != State.CLOSED) {
                state = State.CLOSED;
                MicroException reason = closedFailure();
                local.close(reason);
                publisher.close(reason);
                Future<Void> before = last;
                last = closeConnections().compose(done -> before.otherwiseEmpty());
            }
            last.otherwiseEmpty().onComplete(reply);
        });
        return reply.future();
    }

    /** Changes the connections when earlier changes are done. */
    private Future<Void> change(Supplier<Future<Void>> action) {
        Promise<Void> reply = context.timers().promise();
        context.run(() -> {
            last = last.otherwiseEmpty()
                    .compose(done -> state == State.CLOSED ? Future.failedFuture(closedFailure()) : action.get());
            last.onComplete(reply);
        });
        return reply.future();
    }

    private static MicroException notConnected() {
        return MicroException.internal(ID, "not connected");
    }

    private static MicroException closedFailure() {
        return MicroException.internal(ID, "broker is closed");
    }
}
