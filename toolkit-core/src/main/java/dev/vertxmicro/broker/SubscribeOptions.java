package dev.vertxmicro.broker;

import java.time.Duration;
import java.util.Optional;

/**
 * How a subscription takes its messages.
 *
 * @param queue       name of the queue group whose members share the messages; none means every message comes here
 * @param autoAck     true if the success of the handler's future acknowledges, false if the handler does it itself
 * @param maxAttempts how often a message is delivered before it is given up, at least 1
 * @param backoff     pause before the second attempt, doubled for each further one, not negative
 * @param maxBackoff  the longest pause, at least {@code backoff}
 * @param deadLetter  topic that gets what was given up; none means it is logged and dropped
 * @param buffer      messages held for this subscription, those being handled and those waiting for another attempt
 *     included, at least 1; publishers wait while it is full
 * @param maxInFlight messages handled at the same time, at least 1, at most {@code buffer}; more than one gives up the order
 */
public record SubscribeOptions(
        Optional<String> queue,
        boolean autoAck,
        int maxAttempts,
        Duration backoff,
        Duration maxBackoff,
        Optional<String> deadLetter,
        int buffer,
        int maxInFlight) {

    /** No queue group, automatic acknowledgement, 5 attempts 100 ms to 30 s apart, 128 messages held, one at a time. */
    public static final SubscribeOptions DEFAULTS = new SubscribeOptions(
            Optional.empty(), true, 5, Duration.ofMillis(100), Duration.ofSeconds(30), Optional.empty(), 128, 1);

    /** Checks the bounds. */
    public SubscribeOptions {
        check(queue.filter(String::isEmpty).isEmpty(), "queue", "\"\"", "a name, or none");
        check(maxAttempts >= 1, "maxAttempts", maxAttempts, ">= 1");
        check(!backoff.isNegative(), "backoff", backoff, ">= PT0S");
        check(maxBackoff.compareTo(backoff) >= 0, "maxBackoff", maxBackoff, ">= " + backoff);
        check(deadLetter.filter(String::isEmpty).isEmpty(), "deadLetter", "\"\"", "a topic, or none");
        check(buffer >= 1, "buffer", buffer, ">= 1");
        check(maxInFlight >= 1 && maxInFlight <= buffer, "maxInFlight", maxInFlight, "1 to " + buffer);
    }

    private static void check(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }

    /**
     * Returns a copy in this queue group.
     *
     * @param name the group
     * @return the copy
     */
    public SubscribeOptions withQueue(String name) {
        return new SubscribeOptions(
                Optional.of(name), autoAck, maxAttempts, backoff, maxBackoff, deadLetter, buffer, maxInFlight);
    }

    /**
     * Returns a copy that acknowledges by itself or leaves it to the handler.
     *
     * @param auto true to acknowledge what the handler succeeded with
     * @return the copy
     */
    public SubscribeOptions withAutoAck(boolean auto) {
        return new SubscribeOptions(queue, auto, maxAttempts, backoff, maxBackoff, deadLetter, buffer, maxInFlight);
    }

    /**
     * Returns a copy that gives up after so many attempts.
     *
     * @param attempts at least 1
     * @return the copy
     */
    public SubscribeOptions withMaxAttempts(int attempts) {
        return new SubscribeOptions(queue, autoAck, attempts, backoff, maxBackoff, deadLetter, buffer, maxInFlight);
    }

    /**
     * Returns a copy with these pauses between attempts.
     *
     * @param first   before the second attempt
     * @param longest the bound of the doubling
     * @return the copy
     */
    public SubscribeOptions withBackoff(Duration first, Duration longest) {
        return new SubscribeOptions(queue, autoAck, maxAttempts, first, longest, deadLetter, buffer, maxInFlight);
    }

    /**
     * Returns a copy that sends what it gives up to a topic.
     *
     * @param topic the dead-letter topic
     * @return the copy
     */
    public SubscribeOptions withDeadLetter(String topic) {
        return new SubscribeOptions(
                queue, autoAck, maxAttempts, backoff, maxBackoff, Optional.of(topic), buffer, maxInFlight);
    }

    /**
     * Returns a copy that holds so many messages.
     *
     * @param messages at least 1
     * @return the copy
     */
    public SubscribeOptions withBuffer(int messages) {
        return new SubscribeOptions(
                queue, autoAck, maxAttempts, backoff, maxBackoff, deadLetter, messages, maxInFlight);
    }

    /**
     * Returns a copy that handles so many messages at the same time.
     *
     * @param messages 1 to the size of the buffer
     * @return the copy
     */
    public SubscribeOptions withMaxInFlight(int messages) {
        return new SubscribeOptions(queue, autoAck, maxAttempts, backoff, maxBackoff, deadLetter, buffer, messages);
    }

    /**
     * Gives the pause after a failed attempt.
     *
     * @param attempt number of the attempt that failed, from 1
     * @return {@code backoff} doubled {@code attempt - 1} times, at most {@code maxBackoff}
     */
    public Duration pauseAfter(int attempt) {
        int doublings = Math.min(attempt - 1, 62);
        boolean beyond = backoff.compareTo(maxBackoff.dividedBy(1L << doublings)) > 0;
        return beyond ? maxBackoff : backoff.multipliedBy(1L << doublings);
    }

    /**
     * Checks that a topic can be subscribed to with these options. For adapters.
     *
     * @param topic the topic
     * @throws IllegalArgumentException if it is empty or its own dead-letter topic
     */
    public void checkTopic(String topic) {
        check(!topic.isEmpty(), "topic", "\"\"", "a name");
        check(
                deadLetter.filter(topic::equals).isEmpty(),
                "deadLetter",
                topic,
                "another topic than the one subscribed to");
    }
}
