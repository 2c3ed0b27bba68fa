package dev.vertxmicro.fuzz;

/** What Jazzer calls: the target is named by {@code --target_args}. */
public final class FuzzDriver {
    private static FuzzTarget target = new DurationTarget();

    private FuzzDriver() {}

    public static void fuzzerInitialize(String[] args) throws Exception {
        target = Class.forName(args[0])
                .asSubclass(FuzzTarget.class)
                .getConstructor()
                .newInstance();
        // Loads classes, which takes longer under Jazzer than any input may.
        for (byte[] seed : target.seeds()) {
            target.decode(seed);
        }
    }

    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        target.decode(input);
    }
}
