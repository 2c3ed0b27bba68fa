package dev.vertxmicro.broker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.Subscription;
import dev.vertxmicro.broker.http.nodes.SubscriberNode;
import dev.vertxmicro.broker.http.wire.Generation;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.ServiceJson;
import dev.vertxmicro.testkit.lab.RawConnection;
import dev.vertxmicro.testkit.recording.RecordingSubscriber;
import dev.vertxmicro.testkit.server.TestCertificate;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How brokers register, find each other, and bear each other's ends. */
class HttpBrokerNodesTest extends HttpBrokerFixture {
    private static final SubscribeOptions QUEUE = SubscribeOptions.DEFAULTS.withQueue("q");

    private final RecordingSubscriber subscriber = RecordingSubscriber.create();

    @Test
    void registersInTheFormOfGoMicro() throws Exception {
        HttpBroker broker = broker();
        await(broker.subscribe("topic.a", subscriber));
        String id = onlyNode().id();
        assertThat(id).matches("topic\\.a-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(ServiceJson.write(registered().get(0)).encode())
                .isEqualTo("{\"name\":\"go.micro.http.broker\",\"version\":\"ff.http.broadcast\",\"metadata\":null,"
                        + "\"endpoints\":null,\"nodes\":[{\"id\":\"" + id + "\",\"address\":\"" + broker.address()
                        + "\",\"metadata\":{\"broker\":\"http\",\"secure\":\"false\",\"topic\":\"topic.a\"}}]}");
    }

    /** v2 and all later ones look for it there. */
    @Test
    void registersForLaterGoMicroToo() throws Exception {
        HttpBroker broker = broker();
        Subscription subscription = await(broker.subscribe("topic.a", subscriber, QUEUE));
        ServiceInfo later = await(registry.get("micro.http.broker")).get(0);
        Node first = onlyNode();
        Node second = later.nodes().get(0);
        assertThat(later.version()).isEqualTo("q");
        assertThat(second.id()).startsWith("topic.a-").isNotEqualTo(first.id());
        assertThat(second.address()).isEqualTo(first.address());
        assertThat(second.metadata())
                .isEqualTo(Map.of("broker", "http", "secure", "false", "topic", "topic.a", "twin", first.id()));
        await(subscription.unsubscribe());
        assertThat(registered()).isEmpty();
        assertThat(await(registry.get("micro.http.broker"))).isEmpty();
    }

    @Test
    void registersOneNodeForAllSubscriptionsOfATopicAndQueue() throws Exception {
        HttpBroker broker = broker();
        List<Subscription> queue = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            await(broker.subscribe("t", subscriber));
            queue.add(await(broker.subscribe("t", subscriber, QUEUE)));
        }
        assertThat(registered()).extracting(ServiceInfo::version).containsExactly("ff.http.broadcast", "q");
        assertThat(registered())
                .allSatisfy(version -> assertThat(version.nodes()).hasSize(1));
        await(queue.get(0).unsubscribe());
        await(queue.get(1).unsubscribe());
        assertThat(registered()).hasSize(2);
        await(queue.get(2).unsubscribe());
        assertThat(registered()).hasSize(1);
        await(broker.close());
        assertThat(registered()).isEmpty();
    }

    @Test
    void shortensIdsThatDoNotFitADnsName() throws Exception {
        HttpBroker broker = broker();
        for (String topic : List.of("a".repeat(27), "a..b", "b".repeat(64) + ".c", "d.".repeat(100) + "e")) {
            Subscription subscription = await(broker.subscribe(topic, subscriber));
            assertThat(onlyNode().id()).startsWith("topic-").hasSize(42);
            assertThat(onlyNode().metadata()).containsEntry("topic", topic);
            await(publish(broker, topic, topic));
            assertThat(subscriber.texts(1)).containsExactly(topic);
            await(subscription.unsubscribe());
        }
    }

    @Test
    void registersTheAddressThatIsAdvertised() throws Exception {
        HttpBroker broker = broker(HttpBrokerOptions.DEFAULTS.withAddress("127.0.0.1:0", "broker.example:9000"));
        await(broker.subscribe("t", subscriber));
        assertThat(onlyNode().address()).isEqualTo("broker.example:9000");
    }

    @Test
    void registersAnewWhenItConnectsAgain() throws Exception {
        HttpBroker broker = broker();
        HttpBroker other = broker();
        await(broker.subscribe("t", subscriber));
        Node before = onlyNode();
        await(publish(other, "t", "1"));
        await(broker.disconnect());
        assertThat(registered()).isEmpty();
        assertThatThrownBy(() -> new RawConnection(before.address()).close()).hasMessageContaining("refused");
        await(publish(other, "t", "held"));
        await(broker.connect());
        assertThat(onlyNode().id()).isNotEqualTo(before.id());
        await(publish(other, "t", "3"));
        assertThat(subscriber.texts(3)).containsExactly("1", "held", "3");
    }

    @Test
    void saysWhyItCannotListen() throws Exception {
        HttpBroker first = broker();
        await(first.subscribe("t", subscriber));
        HttpBroker second = broker(HttpBrokerOptions.DEFAULTS.withAddress(first.address(), ""));
        assertThatThrownBy(() -> await(second.subscribe("t", subscriber)))
                .hasMessageContaining("listen tcp " + first.address() + ": bind: address already in use");
        await(first.close());
        await(second.subscribe("t", subscriber));
        HttpBroker unsure = broker(LOOPBACK.withTls(TlsOptions.ON));
        assertThatThrownBy(() -> await(unsure.subscribe("t", subscriber)))
                .hasMessageContaining("tls: no certificate (expected: tls.certificate and tls.key)");
    }

    @Test
    void aSubscriberThatRestartsElsewhereGetsWhatFollows() throws Exception {
        HttpBroker publisher = broker();
        for (int i = 0; i < 5; i++) {
            HttpBroker broker = broker();
            await(broker.subscribe("t", subscriber));
            await(publish(publisher, "t", "m" + i));
            assertThat(subscriber.texts(1)).containsExactly("m" + i);
            await(broker.close());
        }
    }

    /** A process that dies with a message in its hands: another of the queue gets it. */
    @Test
    void aNodeThatIsKilledAmidAMessageLosesNothing() throws Exception {
        LinkedBlockingQueue<NetSocket> connections = new LinkedBlockingQueue<>();
        NetServer doomed = await(vertx.createNetServer()
                .connectHandler(socket -> socket.handler(bytes -> connections.add(socket)))
                .listen(0, "127.0.0.1"));
        register("q", "doomed", "127.0.0.1:" + doomed.actualPort());
        HttpBroker publisher = broker();
        Future<Void> published = publish(publisher, "t", "1");
        NetSocket taken = connections.poll(10, TimeUnit.SECONDS);
        assertThat(taken).isNotNull();
        await(broker().subscribe("t", subscriber, QUEUE));
        await(doomed.close());
        await(published);
        assertThat(subscriber.texts(1)).containsExactly("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\n"})
    void leavesANodeWhoseAnswerHasNoEnd(String beginning) throws Exception {
        Promise<Void> left = Promise.promise();
        NetServer endless = await(vertx.createNetServer()
                .connectHandler(socket -> socket.handler(bytes -> {
                            socket.write(beginning);
                            for (int i = 0; i < 100; i++) {
                                socket.write(beginning.contains("100") ? beginning : "a".repeat(1000));
                            }
                        })
                        .closeHandler(closed -> left.tryComplete()))
                .listen(0, "127.0.0.1"));
        register("q", "endless", "127.0.0.1:" + endless.actualPort());
        Future<Void> published = publish(broker(), "t", "1");
        await(left.future());
        await(broker().subscribe("t", subscriber, QUEUE));
        await(published);
        assertThat(subscriber.texts(1)).containsExactly("1");
    }

    private void register(String version, String id, String address) throws Exception {
        Node node = new Node(id, address, Map.of("broker", "http", "topic", "t"));
        await(registry.register(
                new ServiceInfo(Generation.FIRST.service(), version, Map.of(), List.of(), List.of(node)),
                Duration.ZERO));
    }

    @Test
    void namesANodeThatIsDead() throws Exception {
        register(SubscriberNode.BROADCAST, "dead", "127.0.0.1:1");
        HttpBroker publisher =
                broker(LOOPBACK.withPublishing(HttpPublishing.DEFAULTS.withTimeout(Duration.ofMillis(200))));
        assertThatThrownBy(() -> await(publish(publisher, "t", "1")))
                .hasMessageContaining("topic t: not handled by dead at 127.0.0.1:1 (connection refused) within 200 ms");
    }

    @Test
    void skipsNodesOfOthersAndThoseWithoutSense() throws Exception {
        register("latest", "odd", "no address");
        await(registry.register(
                new ServiceInfo(
                        Generation.FIRST.service(),
                        "v",
                        Map.of(),
                        List.of(),
                        List.of(new Node("other", "127.0.0.1:1", Map.of("broker", "nats", "topic", "t")))),
                Duration.ZERO));
        HttpBroker publisher =
                broker(LOOPBACK.withPublishing(HttpPublishing.DEFAULTS.withTimeout(Duration.ofMillis(200))));
        assertThatThrownBy(() -> await(publish(publisher, "t", "1")))
                .hasMessageContaining("odd at no address (address: no address (expected: host:port))");
    }

    @Test
    void refusesPublishesAboveTheLimits() throws Exception {
        HttpBroker broker = broker(LOOPBACK.withPublishing(HttpPublishing.DEFAULTS.withPending(2, 1000))
                .withReceiving(HttpReceiving.DEFAULTS.withMaxMessageBytes(2000)));
        await(broker.subscribe("t", subscriber, SubscribeOptions.DEFAULTS.withAutoAck(false)));
        Future<Void> first = publish(broker, "t", "1");
        Future<Void> second = publish(broker, "t", "2");
        assertThatThrownBy(() -> await(publish(broker, "t", "3")))
                .hasMessageContaining("topic t: too many publishes wait for their subscribers");
        subscriber.next().ack();
        await(first);
        assertThatThrownBy(() -> await(broker.publish("t", large(1000))))
                .hasMessageContaining("too many publishes wait");
        subscriber.next().ack();
        await(second);
        Future<Void> third = broker.publish("t", large(1000));
        subscriber.next().ack();
        await(third);
        assertThatThrownBy(() -> await(broker.publish("t", large(2000))))
                .hasMessageContaining("topic t: message exceeds 2000 bytes");
    }

    private static Message large(int bytes) {
        return new Message(Metadata.EMPTY, Buffer.buffer(new byte[bytes]));
    }

    @Test
    void speaksTlsToThoseWhoSaySo(@TempDir Path directory) throws Exception {
        TestCertificate certificate = TestCertificate.create(directory, "ours", "ip:127.0.0.1");
        TestCertificate stranger = TestCertificate.create(directory, "stranger", "ip:127.0.0.1");
        TlsOptions tls = TlsOptions.ON.withCertificate(
                certificate.certificate().toString(), certificate.key().toString());
        HttpBroker broker = broker(LOOPBACK.withTls(tls));
        await(broker.subscribe("t", subscriber));
        assertThat(onlyNode().metadata()).containsEntry("secure", "true");
        HttpPublishing shortly = HttpPublishing.DEFAULTS.withTimeout(Duration.ofMillis(500));
        HttpBroker trusting = broker(LOOPBACK.withTls(
                TlsOptions.OFF.withTrust(List.of(certificate.certificate().toString()))));
        await(publish(trusting, "t", "1"));
        assertThat(subscriber.texts(1)).containsExactly("1");
        HttpBroker distrusting = broker(LOOPBACK.withPublishing(shortly)
                .withTls(TlsOptions.OFF.withTrust(List.of(stranger.certificate().toString()))));
        assertThatThrownBy(() -> await(publish(distrusting, "t", "2"))).hasMessageContaining("not handled by t-");
        HttpBroker careless = broker(LOOPBACK.withTls(TlsOptions.OFF.withVerify(false)));
        await(publish(careless, "t", "3"));
        assertThat(subscriber.texts(1)).containsExactly("3");
    }

    @Test
    void refusesASubscriberWhoseCertificateIsNamedButExpired(@TempDir Path directory) throws Exception {
        TestCertificate old = TestCertificate.create(directory, "old", "ip:127.0.0.1", -30, 20);
        HttpBroker broker = broker(LOOPBACK.withTls(TlsOptions.ON.withCertificate(
                old.certificate().toString(), old.key().toString())));
        await(broker.subscribe("t", subscriber));
        HttpBroker trusting = broker(LOOPBACK.withPublishing(
                        HttpPublishing.DEFAULTS.withTimeout(Duration.ofMillis(500)))
                .withTls(TlsOptions.OFF.withTrust(List.of(old.certificate().toString()))));
        assertThatThrownBy(() -> await(publish(trusting, "t", "1")))
                .hasMessageContaining("tls: certificate of CN=old expired at 20");
    }

    @Test
    void aBrokerThatClosesAnswersForTheHandlersThatRun() throws Exception {
        HttpBroker broker = broker();
        HttpBroker publisher = broker();
        await(broker.subscribe("t", subscriber, SubscribeOptions.DEFAULTS.withAutoAck(false)));
        Future<Void> published = publish(publisher, "t", "1");
        var delivery = subscriber.next();
        Promise<Void> deregistered = Promise.promise();
        await(registry.watch(change -> deregistered.tryComplete()));
        Future<Void> closed = broker.close();
        await(deregistered.future());
        await(broker().close()); // as long as it takes if nothing runs
        assertThat(closed.isComplete()).isFalse();
        delivery.ack();
        await(closed);
        await(published);
        assertThat(registered()).isEmpty();
        assertThat(subscriber.untaken()).isZero();
        RecordingSubscriber next = RecordingSubscriber.create();
        await(broker().subscribe("t", next));
        await(publish(publisher, "t", "2"));
        assertThat(next.texts(1)).as("the first was answered for").containsExactly("2");
    }
}
