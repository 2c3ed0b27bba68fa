package dev.vertxmicro.bench.unary;

import dev.vertxmicro.bench.unary.worker.ProcessUsage;
import dev.vertxmicro.bench.unary.worker.WindowLoad;

/**
 * One window of one subject.
 *
 * @param load  what its client saw
 * @param usage what client and server used together
 */
record WindowSample(WindowLoad load, ProcessUsage usage) {

    double callsPerSecond() {
        return load.calls() * 1e9 / load.nanos();
    }

    double cpuMicros() {
        return usage.cpuNanos() / 1e3 / Math.max(1, load.calls());
    }

    double allocatedBytes() {
        return (double) usage.allocatedBytes() / Math.max(1, load.calls());
    }
}
