package dev.vertxmicro.broker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.broker.Subscription;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.net.Exposure;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.testkit.lab.RawConnection;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import dev.vertxmicro.testkit.recording.RecordingSubscriber;
import dev.vertxmicro.testkit.server.TestCertificate;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the port for messages is open, to whom, and how it is secured. */
class MessagePortTest extends HttpBrokerFixture {
    @TempDir
    private Path directory = Path.of("");

    private final RecordingSubscriber subscriber = RecordingSubscriber.create();
    private TlsOptions secured = TlsOptions.OFF;

    @BeforeEach
    void makeCertificate() {
        TestCertificate certificate = TestCertificate.create(directory, "ours", "ip:127.0.0.1");
        String file = certificate.certificate().toString();
        secured = TlsOptions.ON
                .withCertificate(file, certificate.key().toString())
                .withTrust(List.of(file))
                .withClientAuth(true);
    }

    private static String freeAddress() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "127.0.0.1:" + socket.getLocalPort();
        }
    }

    private static void assertClosed(String address) {
        assertThatThrownBy(() -> new RawConnection(address).close()).hasMessageContaining("refused");
    }

    @Test
    void aPublisherOpensNoPort() throws Exception {
        String address = freeAddress();
        HttpBroker broker = broker(HttpBrokerOptions.DEFAULTS.withAddress(address, ""));
        await(publish(broker, "t", "1"));
        assertThat(broker.address()).isEqualTo(address);
        assertClosed(address);
    }

    @Test
    void opensThePortWithTheFirstSubscriptionUntilItIsDisconnected() throws Exception {
        String address = freeAddress();
        HttpBroker broker = broker(HttpBrokerOptions.DEFAULTS.withAddress(address, ""));
        Future<Subscription> first = broker.subscribe("t", subscriber);
        Future<Subscription> second = broker.subscribe("u", subscriber);
        await(first);
        await(second);
        new RawConnection(address).close();
        await(broker.disconnect());
        assertClosed(address);
        await(broker.connect());
        new RawConnection(address).close();
        await(first.result().unsubscribe());
        await(second.result().unsubscribe());
        await(broker.disconnect());
        await(broker.connect());
        assertClosed(address);
    }

    /** The port comes up while the broker ends. */
    @Test
    void leavesNoPortOpenWhenItIsClosedWhileOpening() throws Exception {
        for (int i = 0; i < 20; i++) {
            String address = freeAddress();
            HttpBroker broker = broker(HttpBrokerOptions.DEFAULTS.withAddress(address, ""));
            Future<Subscription> subscribed = broker.subscribe("t", subscriber);
            Future<Void> ended = i % 2 == 0 ? broker.close() : broker.disconnect();
            await(subscribed.otherwiseEmpty());
            await(ended);
            assertClosed(address);
            assertThat(registered()).isEmpty();
        }
    }

    @Test
    void isReachedAndSecuredAsTheService() {
        HttpBrokerOptions options = HttpBrokerOptions.DEFAULTS.within(new Exposure("127.0.0.1:8080", secured));
        assertThat(options.address()).isEqualTo("127.0.0.1:0");
        assertThat(options.tls()).isEqualTo(secured);
        for (String all : List.of(":8080", ":0", "0.0.0.0:1", "anything")) {
            assertThat(HttpBrokerOptions.DEFAULTS.within(new Exposure(all, TlsOptions.OFF)))
                    .isEqualTo(HttpBrokerOptions.DEFAULTS);
        }
        assertThat(HttpBrokerOptions.DEFAULTS
                        .within(new Exposure("[::1]:1", TlsOptions.OFF))
                        .address())
                .isEqualTo("[::1]:0");
    }

    /** A client of services by TLS, which shows no certificate, is to believe whom it believes, and may subscribe. */
    @Test
    void isPlainWhereTheServiceHasNoCertificate() {
        TlsOptions trusting = TlsOptions.ON.withTrust(secured.trust());
        assertThat(HttpBrokerOptions.DEFAULTS
                        .within(new Exposure(":0", trusting))
                        .tls())
                .isEqualTo(trusting.withEnabled(false));
    }

    @Test
    void goesByItsOwnSettingsBeforeThoseOfTheService() {
        Exposure service = new Exposure("127.0.0.1:8080", secured);
        assertThat(read("{}", service).tls()).isEqualTo(secured);
        assertThat(read("{\"address\":\":9000\"}", service).address()).isEqualTo(":9000");
        assertThat(read("{\"address\":\":9000\"}", service).tls()).isEqualTo(secured);
        assertThat(read("{\"tls\":{\"verify\":false}}", service).tls()).isEqualTo(TlsOptions.ON.withVerify(false));
        assertThat(read("{\"tls\":{\"verify\":false}}", service).address()).isEqualTo("127.0.0.1:0");
        assertThat(read("{\"tls\":{\"enabled\":false}}", service).tls()).isEqualTo(TlsOptions.OFF);
    }

    private static HttpBrokerOptions read(String json, Exposure service) {
        Section section = Section.root(new JsonObject(json));
        HttpBrokerOptions options = HttpBrokerProvider.read(section, service);
        section.end();
        return options;
    }

    @Test
    void takesMessagesOnlyFromThoseWhoMayCall() throws Exception {
        Exposure service = new Exposure("127.0.0.1:0", secured);
        HttpBroker broker = HttpBroker.create(vertx, registry, HttpBrokerOptions.DEFAULTS.within(service), service);
        await(broker.connect());
        await(broker.subscribe("t", subscriber));
        assertThat(onlyNode().metadata()).containsEntry("secure", "true");
        assertThat(onlyNode().address()).startsWith("127.0.0.1:");
        HttpPublishing shortly = HttpPublishing.DEFAULTS.withTimeout(Duration.ofMillis(500));
        HttpBroker stranger =
                broker(LOOPBACK.withPublishing(shortly).withTls(TlsOptions.OFF.withTrust(secured.trust())));
        assertThatThrownBy(() -> await(publish(stranger, "t", "1"))).hasMessageContaining("not handled by t-");
        try (RawConnection plain = new RawConnection(onlyNode().address())) {
            plain.send(request(onlyNode().id(), envelope("t", "YQ==")));
            assertThatThrownBy(plain::read).isInstanceOf(IOException.class);
        }
        assertThat(subscriber.untaken()).isZero();
        HttpBroker friend = broker(LOOPBACK.withTls(secured));
        await(publish(friend, "t", "2"));
        assertThat(subscriber.texts(1)).containsExactly("2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            nullValues = "nothing",
            value = {
                "127.0.0.1:0; true;  127.0.0.1:0; true;  nothing",
                ":0;          false; :0;          false; nothing",
                ":0;          false; 127.0.0.1:0; true;  nothing",
                "0.0.0.0:0;   false; :0;          false; nothing",
                "10.0.0.1:0;  false; :0;          false; more interfaces than server.address",
                "10.0.0.1:0;  false; 10.0.0.2:0;  false; nothing",
                "127.0.0.1:0; false; 10.0.0.2:0;  false; more interfaces than server.address",
                "localhost:0; false; [::1]:0;     false; nothing",
                "127.0.0.1:0; false; [::]:0;      false; more interfaces than server.address",
                ":0;          true;  :0;          false; plain, where calls need TLS"
            })
    void comparesItsProtection(String calls, boolean callsTls, String messages, boolean messagesTls, String lack) {
        Exposure service = new Exposure(calls, callsTls ? secured : TlsOptions.OFF);
        HttpBrokerOptions broker =
                HttpBrokerOptions.DEFAULTS.withAddress(messages, "").withTls(messagesTls ? secured : TlsOptions.OFF);
        Optional<String> found = Protection.lack(broker, service);
        assertThat(found.isPresent()).isEqualTo(lack != null);
        assertThat(found.orElse("")).contains(lack == null ? "" : lack);
    }

    @Test
    void warnsOnceOfAPortThatIsLessProtectedThanThatForCalls() throws Exception {
        Exposure service = new Exposure("127.0.0.1:0", secured);
        HttpBrokerOptions wide = LOOPBACK.withTls(secured.withClientAuth(false)).withAddress("0.0.0.0:0", "");
        try (RecordedLogs logs = RecordedLogs.of(MessagePort.class)) {
            HttpBroker broker = HttpBroker.create(vertx, registry, wide, service);
            await(broker.connect());
            await(publish(broker, "t", "1"));
            assertThat(logs.all()).isEmpty();
            await(broker.subscribe("t", subscriber));
            await(broker.subscribe("u", subscriber));
            assertThat(logs.all()).hasSize(1);
            assertThat(logs.next())
                    .startsWith("broker: the port for messages, 0.0.0.0:")
                    .contains("open to callers without a certificate", "clientAuth", "broker.http.address");
        }
    }
}
