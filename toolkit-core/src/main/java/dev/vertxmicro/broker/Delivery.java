package dev.vertxmicro.broker;

import dev.vertxmicro.message.Message;
import io.vertx.core.Future;

/**
 * One attempt to hand a message to a subscriber: go-micro's {@code broker.Event}.
 *
 * <p>Settled once, by {@link #ack}, {@link #nack} or {@link #reject}; what comes after that does nothing and succeeds. May be
 * used from any thread. After the broker's {@code close} settling fails with code 500.
 */
public interface Delivery {

    /**
     * Names the topic.
     *
     * @return the topic it was published to
     */
    String topic();

    /**
     * Gives what was published.
     *
     * @return headers and body
     */
    Message message();

    /**
     * Counts the attempts to deliver this message.
     *
     * @return 1 for the first
     */
    int attempt();

    /**
     * Says that the message was dealt with.
     *
     * @return completes when the backend knows
     */
    Future<Void> ack();

    /**
     * Asks for another attempt, later; after the last one the message goes to the dead-letter topic.
     *
     * @param reason what went wrong, for the dead letter and the log
     * @return completes when the backend knows
     */
    Future<Void> nack(String reason);

    /**
     * Asks for another attempt, later.
     *
     * @return completes when the backend knows
     */
    default Future<Void> nack() {
        return nack("refused by the subscriber");
    }

    /**
     * Says that no attempt will ever succeed: the message goes to the dead-letter topic at once.
     *
     * @param reason what is wrong with it, for the dead letter and the log
     * @return completes when the backend knows
     */
    Future<Void> reject(String reason);
}
