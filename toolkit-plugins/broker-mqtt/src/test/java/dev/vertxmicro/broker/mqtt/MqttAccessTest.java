package dev.vertxmicro.broker.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import dev.vertxmicro.testkit.recording.RecordingSubscriber;
import dev.vertxmicro.testkit.server.Mosquitto;
import dev.vertxmicro.testkit.server.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may connect, how, and what is said when it does not work. */
class MqttAccessTest extends MqttFixture {

    private static void assertPasses(Broker broker) {
        RecordingSubscriber subscriber = subscribed(broker);
        Await.result(broker.publish(TOPIC, message("hello")));
        assertThat(subscriber.texts(1)).containsExactly("hello");
    }

    private String refusal(MqttBrokerOptions options) {
        return Await.failure(broker(options).connect()).detail();
    }

    @Test
    void logsInWithUserAndPassword() {
        Path users = Mosquitto.passwords(directory.resolve("users"), "davie", "secret");
        Mosquitto server =
                server(Mosquitto.configured(directory, List.of("allow_anonymous false", "password_file " + users)));
        assertPasses(connected(options(server).withLogin(MqttLogin.DEFAULTS.withUser("davie", "secret"))));
        assertThat(refusal(options(server).withLogin(MqttLogin.DEFAULTS.withUser("davie", "wrong"))))
                .isEqualTo("mqtt at " + server.address() + ": refused: not authorized");
        assertThat(refusal(options(server))).endsWith(": refused: not authorized");
    }

    @Test
    void speaksTlsAndShowsItsCertificate() {
        TestCertificate own = TestCertificate.create(directory, "server", "dns:localhost,ip:127.0.0.1");
        TestCertificate client = TestCertificate.create(directory, "client", "dns:client");
        Mosquitto server = server(Mosquitto.start(
                directory,
                "cafile " + client.certificate(),
                "certfile " + own.certificate(),
                "keyfile " + own.key(),
                "require_certificate true"));
        TlsOptions trusting = TlsOptions.ON.withTrust(List.of(own.certificate().toString()));
        TlsOptions known = trusting.withCertificate(
                client.certificate().toString(), client.key().toString());
        assertPasses(connected(options(server).withTls(known)));
        MqttBrokerOptions byPrefix = options(server)
                .withAddresses(List.of("ssl://" + server.address()))
                .withTls(TlsOptions.OFF
                        .withCertificate(known.certificate(), known.key())
                        .withVerify(false));
        assertPasses(connected(byPrefix));
        assertThat(refusal(options(server).withTls(trusting))).startsWith("mqtt at " + server.address() + ": ");
        TlsOptions stranger = TlsOptions.ON.withCertificate(known.certificate(), known.key());
        assertThat(refusal(options(server).withTls(stranger))).startsWith("mqtt at " + server.address() + ": ");
    }

    @Test
    void refusesAServerWhoseCertificateIsNamedButExpired() {
        TestCertificate old = TestCertificate.create(directory, "old", "dns:localhost,ip:127.0.0.1", -30, 20);
        Mosquitto server = server(Mosquitto.start(directory, "certfile " + old.certificate(), "keyfile " + old.key()));
        TlsOptions trusting = TlsOptions.ON.withTrust(List.of(old.certificate().toString()));
        assertThat(refusal(options(server).withTls(trusting)))
                .startsWith("mqtt at " + server.address() + ": tls: certificate of CN=old expired at 20");
    }

    @Test
    void logsRarelyWhatNobodyCanRead() {
        Mosquitto server = server(Mosquitto.start(directory));
        Broker reading = connected(options(server));
        RecordingSubscriber subscriber = RecordingSubscriber.create();
        Await.result(reading.subscribe(TOPIC, subscriber));
        Broker raw = connected(options(server).withPayload(MqttPayload.RAW));
        try (RecordedLogs logs = RecordedLogs.ofAll()) {
            for (int i = 0; i < 500; i++) {
                Await.result(raw.publish(TOPIC, message("nonsense")));
            }
            Await.result(raw.publish(TOPIC, message("{\"Header\":{},\"Body\":\"ZW5k\"}")));
            assertThat(subscriber.texts(1)).containsExactly("end");
            assertThat(logs.all()).filteredOn(line -> !line.contains(" more)")).hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    void sendsTheLastWillOnlyWhenItDies() {
        Mosquitto server = server(Mosquitto.start(directory));
        MqttWill will = new MqttWill("status", "gone", 1, false);
        Broker watcher = connected(options(server).withPayload(MqttPayload.RAW));
        RecordingSubscriber status = RecordingSubscriber.create();
        Await.result(watcher.subscribe("status", status));
        MqttBrokerOptions mortal = options(server)
                .withLogin(MqttLogin.DEFAULTS.withClientId("mortal").withWill(will));
        Await.result(connected(mortal).close());
        Broker first = connected(mortal);
        // A client of the same id drives the other one out, which is an end without a DISCONNECT.
        Broker second = broker(mortal.withReconnect(MqttReconnect.DEFAULTS));
        Await.result(second.connect());
        assertThat(status.texts(1)).containsExactly("gone");
        Await.result(first.close());
        Await.result(second.close());
        Await.result(watcher.publish("status", message("end")));
        for (String text = ""; !text.equals("end"); text = status.texts(1).get(0)) {
            assertThat(text).isIn("", "gone");
        }
    }

    @Test
    void saysThatNoServerIsThere() {
        Mosquitto server = server(Mosquitto.start(directory));
        server.stop();
        assertThat(refusal(options(server))).isEqualTo("mqtt at " + server.address() + ": connection refused");
        Broker broker = broker(options(server));
        Await.failure(broker.connect());
        assertThat(Await.failure(broker.publish(TOPIC, message("x"))).detail()).isEqualTo("not connected");
        server.start();
        Await.result(broker.connect());
        assertPasses(broker);
    }

    @Test
    void startsWithoutAServerThatIsNotRequired() {
        Mosquitto server = server(Mosquitto.start(directory));
        server.stop();
        MqttBrokerOptions options = options(server);
        Broker broker = connected(options.withReconnect(options.reconnect().withRequired(false)));
        var waiting = broker.publish(TOPIC, message("early"));
        RecordingSubscriber subscriber = RecordingSubscriber.create();
        var subscribing = broker.subscribe(TOPIC, subscriber);
        server.start();
        Await.result(waiting);
        Await.result(subscribing);
        for (int round = 0; subscriber.untaken() == 0; round++) {
            assertThat(round).isLessThan(5000);
            Await.result(broker.publish(TOPIC, message("late")));
        }
        assertThat(subscriber.texts(1)).containsAnyOf("early", "late");
    }

    @Test
    void givesUpOnAServerThatSaysNothing() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + silent.getLocalPort();
            MqttBrokerOptions options = MqttBrokerOptions.DEFAULTS
                    .withAddresses(List.of(address))
                    .withReconnect(MqttReconnect.DEFAULTS.withConnectTimeout(Duration.ofMillis(200)));
            assertThat(refusal(options)).isEqualTo("mqtt at " + address + ": no answer within 200 ms");
        }
    }

    @Test
    void boundsWhatWaitsAndSaysSo() {
        Mosquitto server = server(Mosquitto.start(directory));
        MqttBrokerOptions options = options(server).withLimits(new MqttLimits(2, 3, 10, Duration.ofMillis(300), 20));
        Broker broker = connected(options);
        assertThat(Await.failure(broker.publish(TOPIC, message("x".repeat(30)))).detail())
                .isEqualTo("payload of 77 bytes (limit: 20)");
        Broker raw = connected(options.withPayload(MqttPayload.RAW));
        server.stop();
        var one = raw.publish(TOPIC, message("1"));
        var two = raw.publish(TOPIC, message("22"));
        assertThat(Await.failure(raw.publish(TOPIC, message("x".repeat(8)))).detail())
                .isEqualTo("buffer full (limit: 10 bytes)");
        var three = raw.publish(TOPIC, message("3"));
        var full = Await.failure(raw.publish(TOPIC, message("4")));
        assertThat(full.detail()).isEqualTo("buffer full (limit: 3 messages)");
        assertThat(full.code()).isEqualTo(503);
        for (var waiting : List.of(one, two, three)) {
            var late = Await.failure(waiting);
            assertThat(late.detail()).isEqualTo("not connected to the server within 300 ms");
            assertThat(late.code()).isEqualTo(408);
        }
        server.start();
        for (int i = 0; i < 100; i++) {
            Await.result(raw.publish(TOPIC, message("room again"))
                    .recover(late -> raw.publish(TOPIC, message("room again"))));
        }
    }
}
