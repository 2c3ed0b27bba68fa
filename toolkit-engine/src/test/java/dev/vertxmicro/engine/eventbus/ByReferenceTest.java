package dev.vertxmicro.engine.eventbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.eventbus.impl.CodecManager;
import io.vertx.core.eventbus.impl.EventBusImpl;
import io.vertx.core.eventbus.impl.MessageImpl;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ByReferenceTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void handsOverTheSameObject() throws Exception {
        ByReference bodies = ByReference.of(vertx);
        vertx.eventBus().consumer("here", message -> message.reply(message.body(), codec(bodies, message.body())));
        for (Object body : new Object[] {new JsonObject().put("a", 1), Buffer.buffer("bytes")}) {
            Object back = vertx.eventBus()
                    .request("here", body, codec(bodies, body))
                    .await(10, TimeUnit.SECONDS)
                    .body();
            assertThat(back).isSameAs(body);
        }
    }

    private static DeliveryOptions codec(ByReference bodies, Object body) {
        return bodies.options(new DeliveryOptions(), body);
    }

    @Test
    void isOnTheWireWhatEveryProcessReads() {
        ByReference bodies = ByReference.of(vertx);
        assertThat(wire(bodies, new JsonObject())).isEqualTo(CodecManager.JSON_OBJECT_MESSAGE_CODEC.systemCodecID());
        assertThat(wire(bodies, Buffer.buffer())).isEqualTo(CodecManager.BUFFER_MESSAGE_CODEC.systemCodecID());
    }

    private byte wire(ByReference bodies, Object body) {
        EventBusImpl bus = (EventBusImpl) vertx.eventBus();
        String name = codec(bodies, body).getCodecName();
        MessageImpl<?, ?> message = bus.createMessage(true, true, "here", null, body, name);
        MessageCodec<?, ?> codec = message.codec();
        return codec.systemCodecID();
    }

    @Test
    void leavesOtherBodiesAlone() {
        ByReference bodies = ByReference.of(vertx);
        assertThat(codec(bodies, new JsonArray()).getCodecName()).isNull();
        assertThat(bodies.options(new DeliveryOptions(), null).getCodecName()).isNull();
        assertThat(ByReference.of(vertx)).isSameAs(bodies);
    }
}
