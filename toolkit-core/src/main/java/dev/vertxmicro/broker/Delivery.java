package dev.vertxmicro.broker;

import dev.vertxmicro.message.Message;

/**
 * One attempt to get a message handled: go-micro's {@code broker.Event}.
 *
 * <p>The first of {@link #ack}, {@link #nack} and {@link #reject} counts, the others do nothing. May be used from any thread.
 */
public interface Delivery {

    /**
     * Names the topic.
     *
     * @return the topic published to, also where a pattern of topics was subscribed to
     */
    String topic();

    /**
     * Gives the message.
     *
     * @return the message as it was published
     */
    Message message();

    /**
     * Counts the attempts.
     *
     * @return 1 for the first delivery of the message
     */
    int attempt();

    /** Says that the message was handled. */
    void ack();

    /**
     * Says that the message was not handled: it comes again after the redelivery delay, to another member of the queue perhaps,
     * or becomes a dead letter if this was the last attempt.
     */
    void nack();

    /**
     * Says that no attempt will ever succeed: the message becomes a dead letter at once.
     *
     * @param reason why, for a human; the dead letter carries it
     */
    void reject(String reason);
}
