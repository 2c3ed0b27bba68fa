package dev.vertxmicro.registry.consul.wire;

import dev.vertxmicro.testkit.fuzz.FuzzTarget;
import dev.vertxmicro.testkit.fuzz.Inputs;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** Tags of a service in Consul, one a line; and each kind with the hex made right, which a fuzzer rarely hits. */
public final class ServiceTagsTarget implements FuzzTarget {

    @Override
    public void decode(byte[] input) {
        ServiceTags.read(new String(input, StandardCharsets.ISO_8859_1).lines().toList());
        String hex = HexFormat.of().formatHex(input);
        ServiceTags.read(List.of("t-" + hex, "e-" + hex, "v-" + hex));
    }

    @Override
    public List<byte[]> seeds() {
        return List.of(
                Inputs.packed("{\"protocol\":\"mucp\"}"),
                Inputs.packed("{\"name\":\"A.B\",\"request\":null,\"response\":{\"name\":1},\"metadata\":{}}"),
                "t={\"a\":\"b\"}\ne={\"name\":\"A.B\"}\nv=1".getBytes(StandardCharsets.ISO_8859_1),
                Inputs.bomb());
    }
}
