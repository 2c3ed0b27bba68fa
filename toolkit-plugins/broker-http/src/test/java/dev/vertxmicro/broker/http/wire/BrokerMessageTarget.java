package dev.vertxmicro.broker.http.wire;

import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.testkit.fuzz.FuzzTarget;
import dev.vertxmicro.testkit.fuzz.Inputs;
import io.netty.buffer.Unpooled;
import java.util.List;

/** Bodies of what publishers send. */
public final class BrokerMessageTarget implements FuzzTarget {

    @Override
    public void decode(byte[] input) {
        try {
            WireMessage.decode(Unpooled.wrappedBuffer(input), Generation.FIRST)
                    .message()
                    .body()
                    .length();
        } catch (CodecException declared) {
            // no message
        }
    }

    @Override
    public List<byte[]> seeds() {
        return Inputs.json(
                "{\"Header\":{\":topic\":\"t\",\"A\":\"b\"},\"Body\":\"YQ==\"}",
                "{\"header\":null,\"body\":null,\"x\":[1,{\"a\":\"b\"}]}",
                "{\"x\":" + "[".repeat(50_000));
    }
}
