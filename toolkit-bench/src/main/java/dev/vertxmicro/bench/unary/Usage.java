package dev.vertxmicro.bench.unary;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What a JVM has used since it started.
 *
 * @param cpuNanos       of all its threads, garbage collector and compiler too
 * @param allocatedBytes of its living Java threads
 */
record Usage(long cpuNanos, long allocatedBytes) {

    static Usage now() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = 0;
        for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            allocated += Math.max(0, bytes);
        }
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Usage(system.getProcessCpuTime(), allocated);
    }

    static Usage parse(String text) {
        int space = text.indexOf(' ');
        return new Usage(Long.parseLong(text.substring(0, space)), Long.parseLong(text.substring(space + 1)));
    }

    String text() {
        return cpuNanos + " " + allocatedBytes;
    }

    Usage plus(Usage other) {
        return new Usage(cpuNanos + other.cpuNanos, allocatedBytes + other.allocatedBytes);
    }

    Usage minus(Usage other) {
        return new Usage(cpuNanos - other.cpuNanos, allocatedBytes - other.allocatedBytes);
    }
}
