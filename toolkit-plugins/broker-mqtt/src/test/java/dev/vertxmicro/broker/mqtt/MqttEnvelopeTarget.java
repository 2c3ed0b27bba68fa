package dev.vertxmicro.broker.mqtt;

import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.engine.EventPayload;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.testkit.fuzz.FuzzTarget;
import dev.vertxmicro.testkit.fuzz.Inputs;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Payloads of MQTT messages; what could be read must be the same when it is written and read again. */
public final class MqttEnvelopeTarget implements FuzzTarget {

    @Override
    public void decode(byte[] input) {
        try {
            // What is no Unicode, and several values of a name, change once.
            Message once = again(EventPayload.read(Buffer.buffer(input)));
            Message twice = again(once);
            if (!twice.headers().equals(once.headers()) || !twice.body().equals(once.body())) {
                throw new AssertionError("another message: " + once);
            }
        } catch (CodecException declared) {
            // no envelope
        }
    }

    private static Message again(Message message) {
        return EventPayload.read(EventPayload.write(message));
    }

    @Override
    public List<byte[]> seeds() {
        return Inputs.json(
                "{\"Header\":{\"A\":\"b\\u00fc\\n\"},\"Body\":\"YWI=\"}",
                "{\"header\":null,\"body\":null,\"x\":[1,{\"a\":\"b\"}]}",
                "{\"x\":" + "[".repeat(50_000));
    }
}
