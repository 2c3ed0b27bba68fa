package dev.vertxmicro.bench.stream;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/** What of this JVM's heap is in use. */
final class Heap {
    private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

    private Heap() {}

    /** Collects, then gives the bytes that are left. */
    static long afterCollection() {
        MEMORY.gc();
        return MEMORY.getHeapMemoryUsage().getUsed();
    }
}
