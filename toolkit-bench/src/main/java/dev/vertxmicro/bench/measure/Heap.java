package dev.vertxmicro.bench.measure;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/** What of this JVM's heap is in use. */
public final class Heap {
    private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

    private Heap() {}

    /**
     * Collects, then counts what is left.
     *
     * @return bytes in use
     */
    public static long afterCollection() {
        MEMORY.gc();
        return MEMORY.getHeapMemoryUsage().getUsed();
    }
}
