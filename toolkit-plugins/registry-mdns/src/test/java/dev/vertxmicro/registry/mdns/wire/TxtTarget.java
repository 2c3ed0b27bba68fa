package dev.vertxmicro.registry.mdns.wire;

import dev.vertxmicro.testkit.fuzz.FuzzTarget;
import dev.vertxmicro.testkit.fuzz.Inputs;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** go-micro's TXT record: hex of zlib of JSON; and the same with the hex made right, which a fuzzer rarely hits. */
public final class TxtTarget implements FuzzTarget {

    @Override
    public void decode(byte[] input) {
        read(new String(input, StandardCharsets.ISO_8859_1));
        read(HexFormat.of().formatHex(input));
    }

    private static void read(String text) {
        try {
            TxtEncoding.decode(text);
        } catch (IllegalArgumentException declared) {
            // none of go-micro's
        }
    }

    @Override
    public List<byte[]> seeds() {
        byte[] json = Inputs.packed(
                "{\"Service\":\"foo\",\"Version\":\"1\",\"Endpoints\":[{\"name\":\"A.B\",\"request\":null,\"response\":null,\"metadata\":{}}],\"Metadata\":{\"protocol\":\"mucp\"}}");
        byte[] wrong = Inputs.packed("{\"Service\":1,\"Endpoints\":[1,null],\"Metadata\":[]}");
        return List.of(json, wrong, HexFormat.of().formatHex(json).getBytes(StandardCharsets.US_ASCII), Inputs.bomb());
    }
}
