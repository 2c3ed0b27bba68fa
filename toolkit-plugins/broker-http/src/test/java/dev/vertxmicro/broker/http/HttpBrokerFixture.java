package dev.vertxmicro.broker.http;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.http.wire.Generation;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** Brokers on loopback that share a registry. */
public abstract class HttpBrokerFixture {
    public static final HttpBrokerOptions LOOPBACK = HttpBrokerOptions.DEFAULTS.withAddress("127.0.0.1:0", "");

    final Vertx vertx = Vertx.vertx();
    public final Registry registry = Registry.inMemory(VertxTimers.of(vertx));

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
    }

    protected static <T> T await(Future<T> future) throws Exception {
        return future.await(10, TimeUnit.SECONDS);
    }

    protected HttpBroker broker() throws Exception {
        return broker(LOOPBACK);
    }

    protected HttpBroker broker(HttpBrokerOptions options) throws Exception {
        HttpBroker broker = HttpBroker.create(vertx, registry, options);
        await(broker.connect());
        return broker;
    }

    static Message message(String text) {
        return new Message(Metadata.EMPTY, Buffer.buffer(text));
    }

    static Future<Void> publish(Broker broker, String topic, String text) {
        return broker.publish(topic, message(text));
    }

    List<ServiceInfo> registered() throws Exception {
        return await(registry.get(Generation.FIRST.service()));
    }

    protected Node onlyNode() throws Exception {
        return registered().get(0).nodes().get(0);
    }

    /** What a Go publisher sends. */
    public static String request(String id, String body) {
        return "POST /_sub?id=" + id + " HTTP/1.1\r\nHost: x\r\nUser-Agent: Go-http-client/1.1\r\nContent-Length: "
                + body.length() + "\r\nContent-Type: application/json\r\nAccept-Encoding: gzip\r\n\r\n" + body;
    }

    public static String envelope(String topic, String base64) {
        return "{\"Header\":{\":topic\":\"" + topic + "\",\"foo\":\"bar\"},\"Body\":\"" + base64 + "\"}";
    }
}
