package dev.vertxmicro.broker.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.testkit.recording.Await;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Vertx;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import io.vertx.mqtt.MqttTopicSubscription;
import io.vertx.mqtt.messages.MqttSubscribeMessage;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An MQTT server that refuses some topics, as Mosquitto does only with a plugin, and can throw all its clients out. */
final class StrictServer implements AutoCloseable {
    final Set<String> refused = ConcurrentHashMap.newKeySet();
    /** Topics that were asked for, in order. */
    final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

    /** Client id, version, clean, expiry of each CONNECT. */
    final BlockingQueue<String> connected = new LinkedBlockingQueue<>();
    /** Client ids whose next CONNECT it does not answer, but hangs up, as a proxy before a server that is away. */
    final Set<String> unanswered = ConcurrentHashMap.newKeySet();

    /** Whether it knows MQTT 3.1.1 only. */
    volatile boolean old;

    private final List<MqttEndpoint> clients = new CopyOnWriteArrayList<>();
    private final MqttServer server;

    StrictServer(Vertx vertx) {
        server = MqttServer.create(
                        vertx, new MqttServerOptions().setHost("127.0.0.1").setPort(0))
                .endpointHandler(this::accept);
        Await.result(server.listen());
    }

    private void accept(MqttEndpoint client) {
        MqttProperties.MqttProperty<?> expiry =
                client.connectProperties().getProperty(MqttProperties.SESSION_EXPIRY_INTERVAL);
        connected.add(client.clientIdentifier() + " " + client.protocolVersion() + " " + client.isCleanSession() + " "
                + (expiry == null ? "-" : expiry.value()));
        if (unanswered.remove(client.clientIdentifier())) {
            client.close();
            return;
        }
        if (old && client.protocolVersion() == 5) {
            client.reject(MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION);
            return;
        }
        clients.add(client);
        client.closeHandler(gone -> clients.remove(client));
        client.subscribeHandler(packet -> subscribe(client, packet));
        client.unsubscribeHandler(packet -> client.unsubscribeAcknowledge(packet.messageId()));
        client.publishHandler(packet -> client.publishAcknowledge(packet.messageId()));
        client.accept(false);
    }

    private void subscribe(MqttEndpoint client, MqttSubscribeMessage packet) {
        List<String> topics = packet.topicSubscriptions().stream()
                .map(MqttTopicSubscription::topicName)
                .toList();
        client.subscribeAcknowledge(
                packet.messageId(),
                topics.stream()
                        .map(topic -> refused.contains(topic) ? MqttQoS.FAILURE : MqttQoS.AT_LEAST_ONCE)
                        .toList());
        asked.addAll(topics);
    }

    /** Waits until a topic is asked for, whatever others are. */
    void awaitAsked(String topic) {
        assertThat(Stream.generate(this::next).anyMatch(topic::equals)).isTrue();
    }

    private String next() {
        try {
            String topic = asked.poll(10, TimeUnit.SECONDS);
            if (topic == null) {
                throw new AssertionError("not asked for within 10 s");
            }
            return topic;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Ends all connections. */
    void hangUp() {
        asked.clear();
        List.copyOf(clients).forEach(MqttEndpoint::close);
    }

    String address() {
        return "127.0.0.1:" + server.actualPort();
    }

    @Override
    public void close() {
        Await.result(server.close());
    }
}
