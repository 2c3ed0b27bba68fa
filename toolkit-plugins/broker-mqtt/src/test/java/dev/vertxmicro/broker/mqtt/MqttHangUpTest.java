package dev.vertxmicro.broker.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.mqtt.session.MqttSession;
import dev.vertxmicro.broker.mqtt.subscribing.SubscribeRequests;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import dev.vertxmicro.testkit.recording.RecordingSubscriber;
import dev.vertxmicro.testkit.server.Mosquitto;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that hangs up at one packet, or refuses one subscription, and has nothing against the others. */
class MqttHangUpTest extends MqttFixture {
    private static final int SHORT = 2000;

    private Mosquitto strict() {
        return server(Mosquitto.start(directory, "max_packet_size " + SHORT));
    }

    private static long connections(Mosquitto server) {
        return server.log()
                .lines()
                .filter(line -> line.contains("New client connected"))
                .count();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void failsTheMessageAloneThatTheServerHangsUpAt(int qos) {
        Mosquitto server = strict();
        RecordingSubscriber subscriber = subscribed(connected(options(server).withQos(qos)));
        Broker publisher = connected(options(server).withQos(qos));
        long before = connections(server);
        List<String> texts = texts(40);
        Future<Void> first = publish(publisher, texts.subList(0, 20));
        Future<Void> tooLong = publisher.publish(TOPIC, message("x".repeat(5000)));
        Future<Void> second = publish(publisher, texts.subList(20, 40));
        MicroException failure = Await.failure(tooLong);
        assertThat(failure.code()).isEqualTo(400);
        assertThat(failure.detail())
                .startsWith("topic " + TOPIC
                        + ": the server closed the connection each time it was sent this message of 67")
                .endsWith(" bytes (expected: one that it takes, it may limit length or topics)");
        Await.result(first);
        Await.result(second);
        List<String> came = Stream.generate(
                        () -> subscriber.next().message().body().toString())
                .distinct()
                .limit(40)
                .toList();
        assertThat(came).containsExactlyElementsOf(texts);
        assertThat(connections(server) - before).isBetween(2L, 7L);
    }

    @Test
    void failsTheSubscriptionAloneThatTheServerHangsUpAt() {
        Mosquitto server = strict();
        Broker broker = connected(options(server));
        RecordingSubscriber subscriber = subscribed(broker);
        String tooLong = "x".repeat(2 * SHORT);
        MicroException failure = Await.failure(broker.subscribe(tooLong, RecordingSubscriber.create()));
        assertThat(failure.code()).isEqualTo(400);
        assertThat(failure.detail())
                .startsWith("topic xxx")
                .endsWith(": the server closed the connection each time it was asked for this subscription");
        RecordingSubscriber other = subscribed(broker, "other", SubscribeOptions.DEFAULTS);
        Broker publisher = connected(options(server));
        Await.result(publish(publisher, texts(40)));
        Await.result(publisher.publish("other", message("end")));
        assertThat(subscriber.texts(40)).containsExactlyElementsOf(texts(40));
        assertThat(other.texts(1)).containsExactly("end");
    }

    @Test
    void failsTheSubscriptionAloneThatTheServerRefuses() {
        try (StrictServer server = new StrictServer(vertx)) {
            server.refused.add("secret");
            Broker broker = connected(options(server));
            subscribed(broker);
            MicroException failure = Await.failure(broker.subscribe("secret", RecordingSubscriber.create()));
            assertThat(failure.detail()).isEqualTo("topic secret: the server refuses the subscription secret");
            server.hangUp();
            server.awaitAsked(TOPIC);
            subscribed(broker, "other", SubscribeOptions.DEFAULTS);
            assertThat(server.asked).doesNotContain("secret");
        }
    }

    @Test
    void saysThatASubscriptionIsRefusedAfterAnOutageAndKeepsTheOthers() {
        try (StrictServer server = new StrictServer(vertx);
                RecordedLogs logs = RecordedLogs.of(SubscribeRequests.class)) {
            Broker broker = connected(options(server));
            subscribed(broker, "secret", SubscribeOptions.DEFAULTS);
            subscribed(broker);
            server.refused.add("secret");
            server.hangUp();
            assertThat(logs.next())
                    .isEqualTo("mqtt topic secret: the server refuses the subscription secret, nothing comes; asked"
                            + " again every 30 s");
            server.awaitAsked(TOPIC);
            Await.result(broker.disconnect());
            Await.result(broker.connect());
            server.refused.clear();
            server.hangUp();
            assertThat(logs.next()).startsWith("mqtt topic secret: back after ");
        }
    }

    private static MqttBrokerOptions options(StrictServer server) {
        return MqttBrokerOptions.DEFAULTS
                .withAddresses(List.of(server.address()))
                .withReconnect(MqttReconnect.DEFAULTS.withPauses(Duration.ofMillis(10), Duration.ofMillis(100)));
    }

    @Test
    void waitsLongerEachTimeThoughTheServerLetsItIn() {
        List<Long> times = new ArrayList<>();
        Promise<Void> seventh = Promise.promise();
        MqttServer server = MqttServer.create(
                        vertx, new MqttServerOptions().setHost("127.0.0.1").setPort(0))
                .endpointHandler(endpoint -> {
                    times.add(System.nanoTime());
                    if (times.size() == 7) {
                        seventh.complete();
                    }
                    endpoint.accept(false);
                    endpoint.close();
                });
        Await.result(server.listen());
        MqttBrokerOptions options = MqttBrokerOptions.DEFAULTS
                .withAddresses(List.of("127.0.0.1:" + server.actualPort()))
                .withReconnect(MqttReconnect.DEFAULTS.withPauses(Duration.ofMillis(20), Duration.ofSeconds(10)));
        Broker broker = broker(options);
        Future<Void> connected = broker.connect();
        Await.result(seventh.future());
        Await.result(connected);
        Await.result(broker.close());
        Await.result(server.close());
        // Pauses of 20, 40, 80, 160, 320 ms at least, each give or take a half; the first is as it was.
        assertThat(Duration.ofNanos(times.get(6) - times.get(1))).isGreaterThan(Duration.ofMillis(300));
    }

    @Test
    void saysHowLongTheServerWasAway() {
        Mosquitto server = server(Mosquitto.start(directory));
        MqttBrokerOptions options = options(server).withLogin(MqttLogin.DEFAULTS.withClientId("me"));
        connected(options);
        try (RecordedLogs logs = RecordedLogs.of(MqttSession.class)) {
            server.restart();
            assertThat(logs.next()).startsWith("mqtt me: connection lost").endsWith(", connecting again");
            assertThat(logs.next()).matches("mqtt me at " + server.address() + ": back after [0-9.]+ s");
        }
    }
}
