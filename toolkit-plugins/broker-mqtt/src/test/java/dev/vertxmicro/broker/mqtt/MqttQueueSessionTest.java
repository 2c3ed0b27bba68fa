package dev.vertxmicro.broker.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.mqtt.subscribing.SubscriberConnection;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import dev.vertxmicro.testkit.recording.RecordingSubscriber;
import dev.vertxmicro.testkit.server.Mosquitto;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What comes for a queue while its connection is away. */
class MqttQueueSessionTest extends MqttFixture {
    private static final SubscribeOptions QUEUE = SubscribeOptions.DEFAULTS.withQueue("q");
    private static final MqttLogin ME =
            MqttLogin.DEFAULTS.withClientId("me").withSessions(MqttSessions.QUEUES, Duration.ofMinutes(1));

    @Test
    void keepsWhatComesForAQueueUntilItIsBack() {
        Mosquitto server = server(Mosquitto.start(directory, "max_queued_messages 0"));
        try (Cable cable = new Cable(vertx, server.port())) {
            Broker away = connected(options(server).withLogin(ME).withAddresses(List.of(cable.address())));
            RecordingSubscriber subscriber = subscribed(away, TOPIC, QUEUE);
            Broker publisher = connected(options(server));
            cable.cut();
            Await.result(publish(publisher, texts(300)));
            cable.mend();
            assertThat(subscriber.texts(300)).containsExactlyElementsOf(texts(300));
            Await.result(away.close());
        }
        assertThat(server.log()).contains(" as me-q (p5, c0, k30)").contains(" as me (p2, c1, k30)");
    }

    @Test
    void keepsWhatComesForAQueueWhileTheProcessRestarts() {
        Mosquitto server = server(Mosquitto.start(directory));
        Broker first = connected(options(server).withLogin(ME));
        subscribed(first, TOPIC, QUEUE);
        Await.result(first.close());
        Broker publisher = connected(options(server));
        Await.result(publish(publisher, texts(20)));
        RecordingSubscriber second = subscribed(connected(options(server).withLogin(ME)), TOPIC, QUEUE);
        assertThat(second.texts(20)).containsExactlyElementsOf(texts(20));
        Await.result(publisher.publish(TOPIC, message("next")));
        assertThat(second.texts(1)).containsExactly("next");
    }

    @Test
    void asksForASessionThatExpiresAndSaysWhatIsNotKept() {
        try (StrictServer server = new StrictServer(vertx);
                RecordedLogs logs = RecordedLogs.of(SubscriberConnection.class)) {
            Broker broker = connected(options(server).withLogin(ME));
            subscribed(broker, TOPIC, QUEUE);
            subscribed(broker);
            assertThat(List.copyOf(server.connected))
                    .containsExactly("me 4 true -", "me-q 5 false 60", "me-sub 4 true -");
            assertThat(logs.all())
                    .containsExactly("mqtt me: what is published to topics without a queue while the connection is away"
                            + " is lost, no session is kept: cleanSession is not false");
        }
    }

    @Test
    void doesWithoutASessionWhereTheServerIsTooOldAndSaysSo() {
        try (StrictServer server = new StrictServer(vertx);
                RecordedLogs logs = RecordedLogs.of(SubscriberConnection.class)) {
            server.old = true;
            Broker broker = connected(options(server).withLogin(ME));
            subscribed(broker, TOPIC, QUEUE);
            assertThat(List.copyOf(server.connected))
                    .containsExactly("me 4 true -", "me-q 5 false 60", "me-q 4 true -");
            assertThat(logs.all())
                    .containsExactly("mqtt me: what is published to queue q while the connection is away is lost, no"
                            + " session is kept: the server does not speak MQTT 5");
        }
    }

    @Test
    void endsNoSessionByAnOlderMqttWhereTheServerHangsUp() {
        try (StrictServer server = new StrictServer(vertx)) {
            subscribed(connected(options(server).withLogin(ME)), TOPIC, QUEUE);
            server.unanswered.add("me-q");
            server.hangUp();
            server.awaitAsked("$share/q/" + TOPIC);
            assertThat(server.unanswered).isEmpty();
            assertThat(List.copyOf(server.connected)).doesNotContain("me-q 4 true -");
        }
    }

    @Test
    void saysThatNothingIsKeptWithoutAClientId() {
        try (StrictServer server = new StrictServer(vertx);
                RecordedLogs logs = RecordedLogs.of(SubscriberConnection.class)) {
            subscribed(connected(options(server)), TOPIC, QUEUE);
            assertThat(logs.all())
                    .singleElement()
                    .asString()
                    .endsWith(" away is lost, no session is kept: there is no clientId");
        }
    }

    private static MqttBrokerOptions options(StrictServer server) {
        return MqttBrokerOptions.DEFAULTS.withAddresses(List.of(server.address()));
    }
}
