package dev.vertxmicro.broker;

import dev.vertxmicro.config.OptionsStyle;
import java.time.Duration;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * How a subscription takes its messages: go-micro's {@code broker.SubscribeOptions}, and what it leaves to the backends.
 *
 * @param queue              subscriptions of a topic that share a queue share its messages; empty gets them all
 * @param autoAck            true acknowledges when the handler's future succeeds
 * @param maxAttempts        deliveries of one message before it becomes a dead letter, at least 1
 * @param redeliveryDelay    pause before the second attempt, doubled before each further one; not negative
 * @param maxRedeliveryDelay the longest such pause, at least {@code redeliveryDelay}
 * @param deadLetter         topic for messages that nobody could handle; empty logs and drops them
 * @param bufferMessages     messages accepted and not yet settled, at least 1; above it publishers wait
 * @param handlerTimeout     how long a handler, or whoever acknowledges for it, may take; then the attempt has failed and the next
 *                           message has its turn, whatever the handler still does; zero waits for ever
 */
@Value.Builder
@OptionsStyle
public record SubscribeOptions(
        Optional<String> queue,
        boolean autoAck,
        int maxAttempts,
        Duration redeliveryDelay,
        Duration maxRedeliveryDelay,
        Optional<String> deadLetter,
        int bufferMessages,
        Duration handlerTimeout)
        implements WithSubscribeOptions {
    /**
     * Every message, acknowledged by the handler's success within 30 s, 5 attempts 100 ms to 10 s apart, no dead letters, buffer
     * 256.
     */
    public static final SubscribeOptions DEFAULTS = new SubscribeOptions(
            Optional.empty(),
            true,
            5,
            Duration.ofMillis(100),
            Duration.ofSeconds(10),
            Optional.empty(),
            256,
            Duration.ofSeconds(30));

    /** Checks the bounds. */
    public SubscribeOptions {
        requireName("queue", queue);
        requireName("deadLetter", deadLetter);
        requireAtLeastOne("maxAttempts", maxAttempts);
        requireAtLeastOne("bufferMessages", bufferMessages);
        if (redeliveryDelay.isNegative()) {
            throw new IllegalArgumentException("redeliveryDelay: " + redeliveryDelay + " (expected: >= 0)");
        }
        if (maxRedeliveryDelay.compareTo(redeliveryDelay) < 0) {
            throw new IllegalArgumentException(
                    "maxRedeliveryDelay: " + maxRedeliveryDelay + " (expected: >= " + redeliveryDelay + ")");
        }
        if (handlerTimeout.isNegative()) {
            throw new IllegalArgumentException("handlerTimeout: " + handlerTimeout + " (expected: >= 0)");
        }
    }

    private static void requireName(String name, Optional<String> value) {
        if (value.filter(String::isBlank).isPresent()) {
            throw new IllegalArgumentException(name + ": empty (expected: a name)");
        }
    }

    private static void requireAtLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1)");
        }
    }

    /**
     * Checks that these options suit a topic, for those who implement a broker.
     *
     * @param topic the topic to subscribe to
     * @throws IllegalArgumentException if the topic is empty, or if the dead letters would go to the topic itself
     */
    public void requireTopic(String topic) {
        requireName("topic", Optional.of(topic));
        if (deadLetter.filter(topic::equals).isPresent()) {
            throw new IllegalArgumentException("deadLetter: " + topic + " (expected: another topic)");
        }
    }

    /**
     * Gives the pause after a failed attempt.
     *
     * @param attempt number of the attempt that failed, 1 for the first
     * @return how long to wait before the next
     */
    public Duration delayAfter(int attempt) {
        Duration delay = redeliveryDelay;
        for (int i = 1; i < attempt && delay.compareTo(maxRedeliveryDelay) < 0 && !delay.isZero(); i++) {
            delay = delay.compareTo(maxRedeliveryDelay.minus(delay)) > 0 ? maxRedeliveryDelay : delay.plus(delay);
        }
        return delay;
    }

    /**
     * Returns a copy with these pauses between attempts.
     *
     * @param first   before the second attempt; zero redelivers as soon as possible
     * @param longest the pauses double up to this one
     * @return the copy
     */
    public SubscribeOptions withRedelivery(Duration first, Duration longest) {
        return new SubscribeOptions(
                queue, autoAck, maxAttempts, first, longest, deadLetter, bufferMessages, handlerTimeout);
    }
}
