package dev.vertxmicro.bench.unary.worker;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What a JVM has used since it started.
 *
 * @param cpuNanos       of all its threads, garbage collector and compiler too
 * @param allocatedBytes of its living Java threads
 */
public record ProcessUsage(long cpuNanos, long allocatedBytes) {

    static ProcessUsage now() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = 0;
        for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            allocated += Math.max(0, bytes);
        }
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new ProcessUsage(system.getProcessCpuTime(), allocated);
    }

    public static ProcessUsage parse(String text) {
        int space = text.indexOf(' ');
        return new ProcessUsage(Long.parseLong(text.substring(0, space)), Long.parseLong(text.substring(space + 1)));
    }

    String text() {
        return cpuNanos + " " + allocatedBytes;
    }

    public ProcessUsage plus(ProcessUsage other) {
        return new ProcessUsage(cpuNanos + other.cpuNanos, allocatedBytes + other.allocatedBytes);
    }

    public ProcessUsage minus(ProcessUsage other) {
        return new ProcessUsage(cpuNanos - other.cpuNanos, allocatedBytes - other.allocatedBytes);
    }
}
