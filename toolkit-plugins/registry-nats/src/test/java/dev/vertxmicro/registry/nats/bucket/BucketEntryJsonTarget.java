package dev.vertxmicro.registry.nats.bucket;

import dev.vertxmicro.registry.nats.nodes.NatsNodeKey;
import dev.vertxmicro.testkit.fuzz.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Keys and values of a bucket. */
public final class BucketEntryJsonTarget implements FuzzTarget {
    private static final NatsNodeKey KEY = new NatsNodeKey("a", "", "b");

    @Override
    public void decode(byte[] input) {
        BucketKey.read(new String(input, StandardCharsets.UTF_8));
        BucketEntryJson.read(KEY, input);
    }

    @Override
    public List<byte[]> seeds() {
        return Stream.of(
                        "a.=.b",
                        "=2E.=C3=A4.=",
                        "=.=.=G",
                        "{\"name\":\"a\",\"nodes\":[{\"id\":\"b\"}],\"ttl\":5}",
                        "a.b.=4")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
