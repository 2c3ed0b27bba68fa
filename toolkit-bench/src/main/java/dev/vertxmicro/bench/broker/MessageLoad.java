package dev.vertxmicro.bench.broker;

import java.util.Locale;

/**
 * What is sent.
 *
 * @param qos      quality of service, 0 or 1
 * @param bytes    length of each body, at least 8
 * @param messages how many
 */
record MessageLoad(int qos, int bytes, int messages) {
    /** Messages that were published and not acknowledged yet, at most. */
    static final int WINDOW = 150;
    /** Messages that were published and did not arrive yet, at most: at QoS 0 nobody else holds the publisher up. */
    static final int LAG = 5_000;

    MessageLoad withMessages(int count) {
        return new MessageLoad(qos, bytes, count);
    }

    String name() {
        return String.format(Locale.ROOT, "QoS %d, %4d B", qos, bytes);
    }
}
