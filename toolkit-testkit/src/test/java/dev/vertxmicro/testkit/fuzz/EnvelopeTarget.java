package dev.vertxmicro.testkit.fuzz;

import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.codec.Envelope;
import dev.vertxmicro.message.Metadata;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** Envelopes around a message. */
public abstract class EnvelopeTarget implements FuzzTarget {
    private final Envelope envelope;

    EnvelopeTarget(Envelope envelope) {
        this.envelope = envelope;
    }

    @Override
    public final void decode(byte[] input) {
        try {
            envelope.open(Metadata.EMPTY, Buffer.buffer(input)).payload().length();
        } catch (CodecException declared) {
            // no envelope
        }
    }

    /** {@code application/proto-rpc}. */
    public static final class ProtoRpc extends EnvelopeTarget {
        public ProtoRpc() {
            super(Envelope.protoRpc());
        }

        @Override
        public List<byte[]> seeds() {
            byte[] golden =
                    java.util.HexFormat.of().parseHex("0000000e0a03412e4211000000000000000000000003" + "0a016e");
            byte[] huge = golden.clone();
            huge[0] = (byte) 0xff;
            return List.of(golden, huge, new byte[0], java.util.Arrays.copyOf(golden, 9));
        }
    }

    /** {@code application/json-rpc}. */
    public static final class JsonRpc extends EnvelopeTarget {
        public JsonRpc() {
            super(Envelope.jsonRpc());
        }

        @Override
        public List<byte[]> seeds() {
            return new ArrayList<>(Inputs.json(
                    "{\"method\":\"A.B\",\"params\":[{\"a\":1}],\"id\":0}",
                    "{\"id\":0,\"result\":{\"a\":1},\"error\":null}",
                    "{\"ID\":[1],\"Result\":" + "[".repeat(50_000) + ",\"error\":{}}"));
        }
    }
}
