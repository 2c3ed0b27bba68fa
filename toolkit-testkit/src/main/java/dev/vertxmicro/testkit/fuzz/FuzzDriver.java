package dev.vertxmicro.testkit.fuzz;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What Jazzer calls: the target is named by {@code --target_args}. */
public final class FuzzDriver {
    private static @Nullable FuzzTarget target;

    private FuzzDriver() {}

    /**
     * Makes the target and tries its seeds.
     *
     * @param args the name of its class
     * @throws Exception if there is no such target, or a seed is a finding
     */
    public static void fuzzerInitialize(String[] args) throws Exception {
        FuzzTarget made = Class.forName(args[0])
                .asSubclass(FuzzTarget.class)
                .getConstructor()
                .newInstance();
        // Loads classes, which takes longer under Jazzer than any input may.
        for (byte[] seed : made.seeds()) {
            made.decode(seed);
        }
        target = made;
    }

    /**
     * Tries one input.
     *
     * @param input any bytes
     * @throws Exception if it is a finding
     */
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        Objects.requireNonNull(target, "fuzzerInitialize comes first").decode(input);
    }
}
