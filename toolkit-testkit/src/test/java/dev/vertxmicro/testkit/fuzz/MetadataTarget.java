package dev.vertxmicro.testkit.fuzz;

import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Metadata of a received request: any names and values, one a line. */
public final class MetadataTarget implements FuzzTarget {

    @Override
    public void decode(byte[] input) {
        Metadata.Builder builder = Metadata.builder(1);
        for (String line : new String(input, StandardCharsets.UTF_8).split("\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                builder.add(line.substring(0, colon), line.substring(colon + 1));
            }
        }
        Metadata metadata = builder.build();
        metadata.forEach((name, value) -> {
            if (!metadata.all(name).contains(value)) {
                throw new AssertionError("lost: " + name);
            }
        });
        CallContext.received(metadata, CallContext.NO_DEADLINE, Cancellation.NEVER, Peer.UNKNOWN);
        Metadata.from(metadata.toMap());
    }

    @Override
    public List<byte[]> seeds() {
        return Inputs.of("a:b\nA:c", "Timeout:-1\nMicro-Id:0", "X-Lower-Key:\nLocal:x\nRemote:y", "ß:1\nSS:2\nı:3");
    }
}
