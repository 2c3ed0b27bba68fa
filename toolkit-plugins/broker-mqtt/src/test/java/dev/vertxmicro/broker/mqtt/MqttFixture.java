package dev.vertxmicro.broker.mqtt;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.RecordingSubscriber;
import dev.vertxmicro.testkit.server.Mosquitto;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Brokers and servers that are closed after each test. */
@Requires(Requirement.MOSQUITTO)
abstract class MqttFixture {
    static final String TOPIC = "test/topic";
    static final SubscribeOptions BY_HAND = SubscribeOptions.DEFAULTS.withAutoAck(false);

    @TempDir
    Path directory = Path.of("");

    final Vertx vertx = Vertx.vertx();
    private final List<Broker> brokers = new ArrayList<>();
    private final List<Mosquitto> servers = new ArrayList<>();

    @AfterEach
    void close() {
        brokers.forEach(broker -> Await.result(broker.close()));
        servers.forEach(Mosquitto::close);
        Await.result(vertx.close());
    }

    Mosquitto server(Mosquitto started) {
        servers.add(started);
        return started;
    }

    /** Tries quickly, so that tests are quick. */
    static MqttBrokerOptions options(Mosquitto... servers) {
        List<String> addresses =
                List.of(servers).stream().map(Mosquitto::address).toList();
        return MqttBrokerOptions.DEFAULTS
                .withAddresses(addresses)
                .withReconnect(MqttReconnect.DEFAULTS.withPauses(Duration.ofMillis(10), Duration.ofMillis(100)));
    }

    Broker broker(MqttBrokerOptions options) {
        Broker broker = MqttBroker.create(vertx, options);
        brokers.add(broker);
        return broker;
    }

    Broker connected(MqttBrokerOptions options) {
        Broker broker = broker(options);
        Await.result(broker.connect());
        return broker;
    }

    static RecordingSubscriber subscribed(Broker broker, String topic, SubscribeOptions options) {
        RecordingSubscriber subscriber = RecordingSubscriber.create();
        Await.result(broker.subscribe(topic, subscriber, options));
        return subscriber;
    }

    static RecordingSubscriber subscribed(Broker broker) {
        return subscribed(broker, TOPIC, SubscribeOptions.DEFAULTS);
    }

    Path write(String name, String text) {
        try {
            return Files.writeString(directory.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Message message(String text) {
        return new Message(Metadata.of("Name", "davie"), Buffer.buffer(text));
    }

    static List<String> texts(int count) {
        return IntStream.range(0, count).mapToObj(i -> "m" + i).toList();
    }

    /** Publishes all at once, without waiting for one. */
    static Future<Void> publish(Broker broker, List<String> texts) {
        return Future.all(texts.stream()
                        .map(text -> broker.publish(TOPIC, message(text)))
                        .toList())
                .mapEmpty();
    }
}
