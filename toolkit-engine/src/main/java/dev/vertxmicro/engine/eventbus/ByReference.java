package dev.vertxmicro.engine.eventbus;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.eventbus.impl.CodecManager;
import io.vertx.core.json.JsonObject;
import io.vertx.core.shareddata.Shareable;
import org.jspecify.annotations.Nullable;

/**
 * Hands bodies over as they are where sender and consumer share a Vert.x, where Vert.x by itself copies them. To another process they
 * go as ever: on the wire these codecs are Vert.x' own, which every process has. Neither side changes such a body afterwards. May be
 * used from any thread.
 */
public final class ByReference implements Shareable {
    /** Codec of JSON objects, for whoever wants to name it in his own {@code DeliveryOptions}. */
    public static final String JSON = "micro.json";
    /** Codec of bytes. */
    public static final String BYTES = "micro.bytes";

    private ByReference(EventBus bus) {
        register(bus, new Codec<>(JSON, CodecManager.JSON_OBJECT_MESSAGE_CODEC));
        register(bus, new Codec<>(BYTES, CodecManager.BUFFER_MESSAGE_CODEC));
    }

    private static <T> void register(EventBus bus, Codec<T> codec) {
        bus.registerCodec(codec);
        codec.registered = true;
    }

    /**
     * Makes the codecs known to an event bus.
     *
     * @param vertx whose event bus it is
     * @return always the same one
     */
    public static ByReference of(Vertx vertx) {
        return vertx.sharedData()
                .<String, ByReference>getLocalMap("dev.vertxmicro.reference")
                .computeIfAbsent("codecs", key -> new ByReference(vertx.eventBus()));
    }

    /**
     * Names the codec of a body.
     *
     * @param options get it
     * @param body    what will be sent
     * @return these options
     */
    public DeliveryOptions options(DeliveryOptions options, @Nullable Object body) {
        if (body instanceof JsonObject) {
            options.setCodecName(JSON);
        } else if (body instanceof Buffer) {
            options.setCodecName(BYTES);
        }
        return options;
    }

    /** Vert.x takes no codec with the id of one of its own, and asks for it again when it writes. */
    private static final class Codec<T> implements MessageCodec<T, T> {
        private final String name;
        private final MessageCodec<T, T> wire;
        private volatile boolean registered;

        private Codec(String name, MessageCodec<T, T> wire) {
            this.name = name;
            this.wire = wire;
        }

        @Override
        public void encodeToWire(Buffer buffer, T body) {
            wire.encodeToWire(buffer, body);
        }

        @Override
        public T decodeFromWire(int position, Buffer buffer) {
            return wire.decodeFromWire(position, buffer);
        }

        @Override
        public T transform(T body) {
            return body;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public byte systemCodecID() {
            return registered ? wire.systemCodecID() : -1;
        }
    }
}
