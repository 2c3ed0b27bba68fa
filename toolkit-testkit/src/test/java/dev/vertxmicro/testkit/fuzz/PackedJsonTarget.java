package dev.vertxmicro.testkit.fuzz;

import dev.vertxmicro.registry.PackedJson;
import java.util.List;

/** JSON in a zlib stream. */
public final class PackedJsonTarget implements FuzzTarget {

    @Override
    public void decode(byte[] input) {
        try {
            PackedJson.unpack(input);
        } catch (IllegalArgumentException declared) {
            // none
        }
    }

    @Override
    public List<byte[]> seeds() {
        byte[] good = Inputs.packed("{\"Service\":\"foo\",\"Metadata\":{\"protocol\":\"mucp\"}}");
        return List.of(new byte[0], good, Inputs.bomb(), java.util.Arrays.copyOf(good, good.length - 5));
    }
}
