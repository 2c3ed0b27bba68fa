package dev.vertxmicro.bench.broker;

/**
 * What one run took.
 *
 * @param messages how many arrived
 * @param nanos    from the first publish to the last arrival
 * @param cpuNanos of this process, which is publisher and subscriber
 */
record BrokerSample(int messages, long nanos, long cpuNanos) {
    double perSecond() {
        return messages * 1e9 / nanos;
    }

    double cpuMicros() {
        return cpuNanos / 1e3 / messages;
    }
}
