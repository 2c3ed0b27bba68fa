package dev.vertxmicro.registry.zookeeper.wire;

import dev.vertxmicro.testkit.fuzz.FuzzTarget;
import dev.vertxmicro.testkit.fuzz.Inputs;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What anybody may have written to a node of ZooKeeper. */
public final class ZnodeValueTarget implements FuzzTarget {

    @Override
    public void decode(byte[] input) {
        ZnodeValue.read("greeter", "n1", input);
    }

    @Override
    public List<byte[]> seeds() {
        return List.of(
                ("{\"name\":\"greeter\",\"version\":\"1\",\"metadata\":null,"
                                + "\"endpoints\":[{\"name\":\"A.B\",\"request\":{\"name\":\"a\"}}],"
                                + "\"nodes\":[{\"id\":\"n1\",\"address\":\"a:1\",\"metadata\":{\"a\":\"b\"}}]}")
                        .getBytes(StandardCharsets.UTF_8),
                "{\"name\":\"greeter\",\"nodes\":[null,1,{}]}".getBytes(StandardCharsets.UTF_8),
                "{\"a\":".repeat(10_000).getBytes(StandardCharsets.UTF_8),
                new byte[0],
                Inputs.bomb());
    }
}
