package dev.vertxmicro.broker.http.publishing;

import java.time.Duration;

/**
 * How messages are taken to their subscribers.
 *
 * @param timeout        time for all of them to handle a message
 * @param mandatory      whether it is an error that there are none
 * @param outboxMessages messages held while there are none
 * @param outboxBytes    what these take at most
 * @param outboxTime     how long each is held
 */
public record PublisherSettings(
        Duration timeout, boolean mandatory, int outboxMessages, int outboxBytes, Duration outboxTime) {}
