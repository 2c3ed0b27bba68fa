package dev.vertxmicro.broker.mqtt.publishing;

import java.time.Duration;

/**
 * How much is published at once.
 *
 * @param qos             quality of service
 * @param inflight        messages sent and not yet acknowledged by the server
 * @param pendingMessages messages whose {@code publish} is not complete
 * @param pendingBytes    payload of those
 * @param maxMessageBytes longest payload
 * @param patience        how long a {@code publish} waits for the server
 */
public record PublishSettings(
        int qos, int inflight, int pendingMessages, int pendingBytes, int maxMessageBytes, Duration patience) {}
