package dev.vertxmicro.testkit.fuzz;

import dev.vertxmicro.config.Durations;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Durations of descriptors and flags. */
public final class DurationTarget implements FuzzTarget {

    @Override
    public void decode(byte[] input) {
        try {
            Durations.parse(new String(input, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException declared) {
            // no duration
        }
    }

    @Override
    public List<byte[]> seeds() {
        return Inputs.of(
                "0", "1m30s", "1.5h", "500ms", "9".repeat(400) + "h", "1".repeat(100_000), "1h".repeat(30_000));
    }
}
