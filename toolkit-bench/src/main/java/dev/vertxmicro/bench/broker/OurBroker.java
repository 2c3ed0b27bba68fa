package dev.vertxmicro.bench.broker;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.mqtt.MqttBroker;
import dev.vertxmicro.broker.mqtt.MqttBrokerOptions;
import dev.vertxmicro.broker.mqtt.MqttPayload;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Our MQTT broker, with or without go-micro's envelope. */
final class OurBroker implements BrokerContender {
    private final MqttBrokerOptions options;
    private final String topic;
    private final Metadata headers;
    private @Nullable Broker publisher;
    private @Nullable Broker subscriber;

    OurBroker(String address, MessageLoad load, MqttPayload payload) {
        options = MqttBrokerOptions.DEFAULTS
                .withAddresses(List.of(address))
                .withQos(load.qos())
                .withPayload(payload)
                .withLimits(MqttBrokerOptions.DEFAULTS.limits().withInflight(MessageLoad.WINDOW));
        topic = "bench." + payload;
        headers = payload == MqttPayload.MICRO ? headers(topic) : Metadata.EMPTY;
    }

    /** Gives what a client of go-micro sends along. */
    private static Metadata headers(String topic) {
        return Metadata.of("Content-Type", "application/protobuf")
                .with("Micro-Topic", topic)
                .with("Micro-Id", "0f8fad5b-d9cb-469f-a165-70867728950e");
    }

    @Override
    public Future<Void> openPublisher(Vertx vertx) {
        Broker broker = MqttBroker.create(vertx, options);
        publisher = broker;
        return broker.connect();
    }

    @Override
    public Future<Void> openSubscriber(Vertx vertx, Handler<Buffer> received) {
        Broker broker = MqttBroker.create(vertx, options);
        subscriber = broker;
        return broker.connect()
                .compose(connected -> broker.subscribe(topic, delivery -> {
                    received.handle(delivery.message().body());
                    return Future.succeededFuture();
                }))
                .mapEmpty();
    }

    @Override
    public Future<Void> publish(Buffer body) {
        Broker broker = publisher;
        return broker == null ? Future.failedFuture("not open") : broker.publish(topic, new Message(headers, body));
    }

    @Override
    public Future<Void> close() {
        Broker first = publisher;
        Broker second = subscriber;
        Future<Void> closed = first == null ? Future.succeededFuture() : first.close();
        return second == null ? closed : closed.eventually(second::close);
    }
}
