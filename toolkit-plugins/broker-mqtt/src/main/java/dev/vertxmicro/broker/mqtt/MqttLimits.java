package dev.vertxmicro.broker.mqtt;

import dev.vertxmicro.config.OptionsStyle;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * What a broker object has under way at most.
 *
 * @param inflight        messages sent and not yet acknowledged by the server; at QoS 2 at most 20, which is the default
 *                        there
 * @param pendingMessages messages whose {@code publish} is not complete, those in flight included; one more fails with 503;
 *                        at least {@code inflight}
 * @param pendingBytes    payload of those; one message may be longer; at least 1
 * @param publishTimeout  how long a {@code publish} or {@code subscribe} waits for the server; then it fails with 408; &gt;
 *                        0
 * @param maxMessageBytes longest payload sent and packet received: a longer payload fails with 413, a longer packet ends the
 *                        connection
 */
@Value.Builder
@OptionsStyle
public record MqttLimits(
        int inflight, int pendingMessages, int pendingBytes, Duration publishTimeout, int maxMessageBytes)
        implements WithMqttLimits {
    /**
     * At QoS 2. Mosquitto's own window where nothing else is configured, of which MQTT 3.1.1 cannot tell; beyond it version 2.0.11
     * stops sending to the subscribers.
     */
    static final int MOST_EXACTLY_ONCE = 20;

    // Before DEFAULTS, whose check needs them.
    private static final int MOST_INFLIGHT = 10_000;
    private static final int LONGEST_MESSAGE = 268_435_455;

    /** 100 in flight, 10000 messages and 64 MiB pending, 30 s, messages of 16 MiB. */
    public static final MqttLimits DEFAULTS = new MqttLimits(100, 10_000, 64 << 20, Duration.ofSeconds(30), 16 << 20);

    /** Checks the values. */
    public MqttLimits {
        Bounds.check(inflight >= 1 && inflight <= MOST_INFLIGHT, "inflight", inflight, "1 to 10000");
        Bounds.check(pendingMessages >= inflight, "pendingMessages", pendingMessages, ">= inflight, " + inflight);
        Bounds.check(pendingBytes >= 1, "pendingBytes", pendingBytes, ">= 1");
        Bounds.check(Bounds.positive(publishTimeout), "publishTimeout", publishTimeout, "> 0");
        Bounds.check(
                maxMessageBytes >= 1 && maxMessageBytes <= LONGEST_MESSAGE,
                "maxMessageBytes",
                maxMessageBytes,
                "1 to " + LONGEST_MESSAGE);
    }

    /**
     * Returns a copy with this room for what is not complete.
     *
     * @param messages how many
     * @param bytes    how long together
     * @return the copy
     */
    public MqttLimits withPending(int messages, int bytes) {
        return new MqttLimits(inflight, messages, bytes, publishTimeout, maxMessageBytes);
    }
}
