package dev.vertxmicro.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.Delivery;
import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.broker.mqtt.MqttBroker;
import dev.vertxmicro.broker.mqtt.MqttBrokerOptions;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.program.GoProcess;
import dev.vertxmicro.testkit.program.GoProgram;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.RecordingSubscriber;
import dev.vertxmicro.testkit.server.Mosquitto;
import examples.greeter.HelloRequest;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages between us and a stock go-micro program with the mqtt broker of go-plugins, through a real Mosquitto. */
@Requires({Requirement.GO, Requirement.MOSQUITTO})
class MqttWithGoTest {
    private static final String TOPIC = "go.micro.srv.message";

    @TempDir
    Path directory = Path.of("");

    private final Vertx vertx = Vertx.vertx();
    private final GoProgram go = GoProgram.build("interop/go-plugins");
    private AutoCloseable server = () -> {};
    private String address = "";
    private Broker broker = MqttBroker.create(vertx, MqttBrokerOptions.DEFAULTS);

    @BeforeEach
    void start() {
        Mosquitto started = Mosquitto.start(directory);
        server = started;
        address = started.address();
        broker = MqttBroker.create(vertx, MqttBrokerOptions.DEFAULTS.withAddresses(List.of("tcp://" + address)));
        Await.result(broker.connect());
    }

    @AfterEach
    void stop() throws Exception {
        Await.result(broker.close());
        Await.result(vertx.close());
        server.close();
    }

    /** Without a flag for the registry, which would panic in the plugin; nothing here asks the default one. */
    private GoProcess go(String command) {
        return go.start(List.of(command, TOPIC, "--broker=mqtt", "--broker_address=" + address));
    }

    @Test
    void weReceiveWhatGoPublishes() {
        RecordingSubscriber subscriber = RecordingSubscriber.create();
        Await.result(broker.subscribe(TOPIC, subscriber));
        try (GoProcess publisher = go("publish")) {
            publisher.await("\"published\"");
            Message plain = subscriber.next().message();
            assertThat(plain.headers())
                    .isEqualTo(Metadata.of("Name", "gr\u00fc\u00df <dich>").with("empty", ""));
            assertThat(plain.body().getBytes()).containsExactly(0, 1, 0xff);
            Delivery protobuf = subscriber.next();
            assertThat(protobuf.topic()).isEqualTo(TOPIC);
            assertHeaders(protobuf.message().headers(), "application/protobuf");
            assertThat(protobuf.message().body().getBytes())
                    .isEqualTo(
                            HelloRequest.newBuilder().setName("davie").build().toByteArray());
            Message json = subscriber.next().message();
            assertHeaders(json.headers(), "application/json");
            assertThat(json.body()).hasToString("{\"name\":\"davie\"}\n");
            publisher.endInput();
        }
    }

    private static void assertHeaders(Metadata headers, String contentType) {
        assertThat(headers.get(Headers.CONTENT_TYPE)).contains(contentType);
        assertThat(headers.get(Headers.TOPIC)).contains(TOPIC);
        assertThat(headers.get(Headers.ID))
                .hasValueSatisfying(id -> assertThat(UUID.fromString(id)).isNotNull());
        assertThat(headers.get("Name")).contains("davie");
    }

    @Test
    void ourTypedTopicReadsBothCodecsOfGo() {
        RecordingSubscriber seen = RecordingSubscriber.create();
        Topic<HelloRequest> topic = Topic.of(TOPIC, HelloRequest.class);
        Await.result(topic.subscribe(broker, (request, delivery) -> {
            assertThat(request.getName()).isEqualTo("davie");
            return seen.handle(delivery);
        }));
        try (GoProcess publisher = go("publish")) {
            publisher.await("\"published\"");
            // The plain one is not of the type: it is rejected.
            assertHeaders(seen.next().message().headers(), "application/protobuf");
            assertHeaders(seen.next().message().headers(), "application/json");
        }
    }

    @Test
    void goReceivesWhatWePublish() {
        Topic<HelloRequest> topic = Topic.of(TOPIC, HelloRequest.class);
        HelloRequest davie = HelloRequest.newBuilder().setName("davie").build();
        try (GoProcess subscriber = go("subscribe")) {
            subscriber.await("\"subscribed\"");
            Metadata headers = Metadata.of("name", "a<b>\"\u4e16");
            Await.result(broker.publish(TOPIC, new Message(headers, Buffer.buffer(new byte[] {0, 1, -1, 2}))));
            Await.result(topic.publish(broker, davie, Metadata.of("Name", "davie")));
            Await.result(topic.withContentType("application/json").publish(broker, davie));
            JsonObject plain = new JsonObject(subscriber.await("\"topic\""));
            assertThat(plain.getJsonObject("header").getString("name")).isEqualTo("a<b>\"\u4e16");
            assertThat(body(plain)).containsExactly(0, 1, -1, 2);
            JsonObject protobuf = new JsonObject(subscriber.await("\"topic\""));
            assertThat(protobuf.getJsonObject("header").getString("Content-Type"))
                    .isEqualTo("application/protobuf");
            assertThat(protobuf.getJsonObject("header").getString("Micro-Topic"))
                    .isEqualTo(TOPIC);
            assertThat(protobuf.getJsonObject("header").getString("Name")).isEqualTo("davie");
            assertThat(body(protobuf)).isEqualTo(davie.toByteArray());
            JsonObject json = new JsonObject(subscriber.await("\"topic\""));
            assertThat(new JsonObject(new String(body(json), StandardCharsets.UTF_8)).getString("name"))
                    .isEqualTo("davie");
            assertThat(subscriber.endInput()).isZero();
        }
    }

    private static byte[] body(JsonObject printed) {
        return Base64.getDecoder().decode(printed.getString("body"));
    }
}
