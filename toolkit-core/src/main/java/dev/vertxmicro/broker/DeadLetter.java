package dev.vertxmicro.broker;

import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;

/**
 * Marks a message that nobody could handle: the original with headers that tell why.
 *
 * <p>{@code Micro-Topic}, where the original has it, names the dead-letter topic, so that a go-micro server subscribed there
 * finds its handler.
 */
public final class DeadLetter {
    /** The topic the message was published to. */
    public static final String TOPIC = "Micro-Dead-Letter-Topic";
    /** Why the last attempt failed, in one line. */
    public static final String REASON = "Micro-Dead-Letter-Reason";
    /** How often the message was delivered, decimal. */
    public static final String ATTEMPTS = "Micro-Dead-Letter-Attempts";

    private DeadLetter() {}

    /**
     * Makes the dead letter of a message, for those who implement a broker.
     *
     * @param delivery the last attempt
     * @param topic    the dead-letter topic
     * @param reason   why it failed; line breaks become spaces
     * @return the message to publish there
     */
    public static Message of(Delivery delivery, String topic, String reason) {
        Metadata original = delivery.message().headers();
        Metadata.Builder headers = Metadata.builder(original.size() + 3).addAll(original);
        if (original.contains(Headers.TOPIC)) {
            headers.set(Headers.TOPIC, topic);
        }
        headers.set(TOPIC, delivery.topic())
                .set(REASON, reason.replaceAll("\\R", " "))
                .set(ATTEMPTS, Integer.toString(delivery.attempt()));
        return new Message(headers.build(), delivery.message().body());
    }
}
