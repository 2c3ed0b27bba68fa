package dev.vertxmicro.broker.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.net.Exposure;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.spi.BrokerProvider;
import dev.vertxmicro.spi.Providers;
import dev.vertxmicro.spi.ServiceIdentity;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.RecordingSubscriber;
import dev.vertxmicro.testkit.server.Mosquitto;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.mqtt.MqttClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The sample, and the tools of Mosquitto. */
class MqttSampleTest extends MqttFixture {

    private Broker described(JsonObject descriptor, Mosquitto server) {
        JsonObject section = descriptor.getJsonObject("broker").put("type", "mqtt");
        section.getJsonObject("mqtt").put("address", server.address());
        Exposure exposure = new Exposure("127.0.0.1:0", TlsOptions.OFF);
        JsonObject service = descriptor.getJsonObject("service", new JsonObject());
        String name = service.getString("name", "service");
        String id = descriptor.getJsonObject("server", new JsonObject()).getString("id", "");
        ServiceIdentity who = new ServiceIdentity(name, id.isEmpty() ? "some" : id, !id.isEmpty());
        return Providers.load(BrokerProvider.class)
                .choose(Section.root(section), "mqtt", (provider, own) -> provider.configure(own, exposure, who))
                .maker()
                .apply(vertx, Registry.inMemory(VertxTimers.of(vertx)));
    }

    @Test
    void runsTheSample() throws IOException {
        Mosquitto server = server(Mosquitto.start(directory, "log_type all"));
        JsonObject sample = new JsonObject(Files.readString(Path.of("..", "..", "conf", "mqtt.json")));
        Broker broker = described(sample, server);
        assertThat(broker.address()).isEqualTo(server.address());
        Await.result(broker.connect());
        RecordingSubscriber subscriber = subscribed(broker);
        Await.result(broker.publish(TOPIC, message("hello")));
        assertThat(subscriber.texts(1)).containsExactly("hello");
        Await.result(broker.close());
        assertThat(server.log())
                .contains(" as go.micro.srv.message-1 (p2, c1, k30)")
                .contains(" as go.micro.srv.message-1-sub (p2, c0, k30)");
    }

    @Test
    void understandsOtherClientsByBarePayloads() {
        Mosquitto server = server(Mosquitto.start(directory));
        JsonObject raw = new JsonObject()
                .put(
                        "broker",
                        new JsonObject()
                                .put(
                                        "mqtt",
                                        new JsonObject().put("payload", "raw").put("qos", 0)));
        Broker broker = described(raw, server);
        Await.result(broker.connect());
        RecordingSubscriber subscriber = subscribed(broker);
        MqttClient bare = MqttClient.create(vertx);
        Promise<String> seen = Promise.promise();
        bare.publishHandler(packet -> seen.tryComplete(packet.payload().toString()));
        Await.result(bare.connect(server.port(), "127.0.0.1"));
        Await.result(bare.subscribe("back", 0));
        Await.result(bare.publish(TOPIC, Buffer.buffer("from outside"), MqttQoS.AT_LEAST_ONCE, false, false));
        assertThat(subscriber.next().message()).satisfies(message -> {
            assertThat(message.body()).hasToString("from outside");
            assertThat(message.headers().size()).isZero();
        });
        Await.result(broker.publish("back", message("to outside")));
        assertThat(Await.result(seen.future())).isEqualTo("to outside");
        Await.result(bare.disconnect());
        Await.result(broker.close());
    }

    @Test
    void twoProcessesShareAQueue() {
        Mosquitto server = server(Mosquitto.start(directory));
        Broker one = connected(options(server));
        Broker other = connected(options(server));
        SubscribeOptions queue = SubscribeOptions.DEFAULTS.withQueue("q");
        RecordingSubscriber first = subscribed(one, TOPIC, queue);
        RecordingSubscriber second = subscribed(other, TOPIC, queue);
        RecordingSubscriber all = subscribed(one);
        Await.result(publish(other, texts(100)));
        assertThat(all.texts(100)).hasSize(100);
        // One of the two gets each: Mosquitto takes turns.
        assertThat(first.texts(50))
                .doesNotContainAnyElementsOf(second.texts(50))
                .hasSize(50);
        assertThat(first.untaken() + second.untaken()).isZero();
    }
}
