package dev.vertxmicro.broker.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.Delivery;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.RecordingSubscriber;
import dev.vertxmicro.testkit.server.Mosquitto;
import io.vertx.core.Future;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that go and come back. */
class MqttOutageTest extends MqttFixture {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void subscribesAgainAndSendsWhatWaited(int qos) {
        Mosquitto server = server(Mosquitto.start(directory));
        MqttBrokerOptions options = options(server).withQos(qos);
        RecordingSubscriber subscriber = subscribed(connected(options));
        Broker publisher = connected(options);
        Await.result(publisher.publish(TOPIC, message("before")));
        assertThat(subscriber.texts(1)).containsExactly("before");
        server.kill();
        // Only the publisher of its own connection may be waited for: what comes before others are back is not for
        // them.
        Future<Void> meanwhile = publisher.publish("nobody", message("meanwhile"));
        server.start();
        Await.result(meanwhile);
        awaitBack(publisher, subscriber);
        List<String> after = texts(300);
        Future<Void> published = publish(publisher, after);
        assertThat(subscriber.texts(300)).containsExactlyElementsOf(after);
        Await.result(published);
    }

    /** Publishes until the subscriber is back. */
    private static void awaitBack(Broker publisher, RecordingSubscriber subscriber) {
        int round = 0;
        while (subscriber.untaken() == 0) {
            assertThat(round++).isLessThan(5000);
            Await.result(publisher.publish(TOPIC, message("probe")));
        }
        Await.result(publisher.publish(TOPIC, message("last probe")));
        while (!subscriber.next().message().body().toString().equals("last probe")) {
            // All that came before.
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void sendsWhatIsUnacknowledgedAgainInOrderAndFirst(int qos) {
        Mosquitto server = server(Mosquitto.persistent(directory, "max_queued_messages 0"));
        Broker reader = broker(options(server).withQos(qos).withLogin(MqttLogin.DEFAULTS.withKeptSession("reader")));
        Await.result(reader.connect());
        RecordingSubscriber subscriber = subscribed(reader);
        Broker publisher = connected(options(server).withQos(qos));
        List<String> sent = texts(2000);
        Future<Void> first = publish(publisher, sent.subList(0, 1000));
        server.stop();
        assertThat(first.isComplete()).as("some are on their way").isFalse();
        Future<Void> second = publish(publisher, sent.subList(1000, 2000));
        server.start();
        Await.result(first);
        Await.result(second);
        List<String> firstTimes = Stream.generate(
                        () -> subscriber.next().message().body().toString())
                .distinct()
                .limit(2000)
                .toList();
        assertThat(firstTimes).containsExactlyElementsOf(sent);
    }

    @Test
    void keepsWhatComesWhileTheProcessIsAway() {
        Mosquitto server = server(Mosquitto.persistent(directory));
        MqttBrokerOptions kept = options(server).withLogin(MqttLogin.DEFAULTS.withKeptSession("me"));
        Broker first = connected(kept);
        subscribed(first);
        subscribed(first, "other", SubscribeOptions.DEFAULTS);
        subscribed(first, "work", SubscribeOptions.DEFAULTS.withQueue("q"));
        subscribed(first, "all/#", SubscribeOptions.DEFAULTS);
        Await.result(first.close());
        Broker publisher = connected(options(server));
        for (String topic : List.of(TOPIC, "other", "work", "all/1")) {
            Await.result(publisher.publish(topic, message("for " + topic)));
        }
        server.restart();
        Broker second = connected(kept);
        // Whichever is subscribed to first, the messages of the other are not lost.
        assertThat(subscribed(second, "other", SubscribeOptions.DEFAULTS).texts(1))
                .containsExactly("for other");
        assertThat(subscribed(second).texts(1)).containsExactly("for " + TOPIC);
        assertThat(subscribed(second, "work", SubscribeOptions.DEFAULTS.withQueue("q"))
                        .texts(1))
                .containsExactly("for work");
        assertThat(subscribed(second, "all/#", SubscribeOptions.DEFAULTS).texts(1))
                .containsExactly("for all/1");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void givesBackWhatWasNotSettledWhenAProcessEnds(int qos) {
        Mosquitto server = server(Mosquitto.persistent(directory));
        MqttBrokerOptions kept = options(server).withLogin(MqttLogin.DEFAULTS.withKeptSession("me"));
        Broker first = connected(kept);
        RecordingSubscriber before = subscribed(first, TOPIC, BY_HAND);
        Broker publisher = connected(options(server).withQos(qos));
        publisher.publish(TOPIC, message("done"));
        publisher.publish(TOPIC, message("not done"));
        before.next().ack();
        before.next();
        Await.result(first.close());
        RecordingSubscriber after = subscribed(connected(kept));
        Await.result(publisher.publish(TOPIC, message("next")));
        assertThat(after.texts(2)).containsExactly("not done", "next");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void doesNotHandOverAgainWhatIsStillWithItsSubscriber(int qos) {
        Mosquitto server = server(Mosquitto.persistent(directory));
        MqttBrokerOptions kept = options(server).withQos(qos).withLogin(MqttLogin.DEFAULTS.withKeptSession("me"));
        RecordingSubscriber subscriber = subscribed(connected(kept), TOPIC, BY_HAND);
        Broker publisher = connected(options(server).withQos(qos));
        Await.result(publisher.publish(TOPIC, message("slow")));
        Delivery slow = subscriber.next();
        server.restart();
        Await.result(publisher.publish(TOPIC, message("next")));
        slow.ack();
        Delivery next = subscriber.next();
        assertThat(next.message().body()).hasToString("next");
        next.ack();
        // The server is done with the slow one: it does not come again.
        server.restart();
        Await.result(publisher.publish(TOPIC, message("last")));
        for (String text = ""; !text.equals("last"); ) {
            Delivery delivery = subscriber.next();
            delivery.ack();
            text = delivery.message().body().toString();
            assertThat(text).isNotEqualTo("slow");
        }
    }

    @Test
    void subscribesWhenTheServerComesWhereItIsNotRequired() {
        Mosquitto server = server(Mosquitto.start(directory));
        server.stop();
        MqttBrokerOptions options = options(server);
        Broker broker = connected(options.withReconnect(options.reconnect().withRequired(false)));
        RecordingSubscriber subscriber = subscribed(broker);
        RecordingSubscriber queued = subscribed(broker, TOPIC, SubscribeOptions.DEFAULTS.withQueue("q"));
        server.start();
        Broker publisher = connected(options);
        awaitBack(publisher, subscriber);
        awaitBack(publisher, queued);
    }

    @Test
    void goesToTheNextServer() {
        Mosquitto one = server(Mosquitto.start(directory));
        Mosquitto other = server(Mosquitto.start(directory));
        one.stop();
        Broker broker = connected(options(one, other));
        RecordingSubscriber subscriber = subscribed(broker);
        Await.result(broker.publish(TOPIC, message("to the other")));
        assertThat(subscriber.texts(1)).containsExactly("to the other");
        one.start();
        other.kill();
        awaitBack(broker, subscriber);
    }
}
