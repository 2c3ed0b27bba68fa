package dev.vertxmicro.broker;

import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;

/** A message that was given up, as a dead-letter topic gets it: the same body, and headers that tell what happened. */
public final class DeadLetter {
    /** Topic the message was published to. */
    public static final String TOPIC = "Micro-Dead-Topic";
    /** How many attempts were made, decimal. */
    public static final String ATTEMPTS = "Micro-Dead-Attempts";
    /** What went wrong at the last attempt. */
    public static final String REASON = "Micro-Dead-Reason";

    private DeadLetter() {}

    /**
     * Makes the dead letter of a message. For adapters.
     *
     * @param message  what was given up
     * @param topic    where it was published
     * @param grave    the dead-letter topic; {@code Micro-Topic} says so too
     * @param attempts how many there were
     * @param reason   what went wrong at the last
     * @return the message to publish on the dead-letter topic
     */
    public static Message of(Message message, String topic, String grave, int attempts, String reason) {
        Metadata headers = Metadata.builder(message.headers().size() + 4)
                .addAll(message.headers())
                .set(Headers.TOPIC, grave)
                .set(TOPIC, topic)
                .set(ATTEMPTS, Integer.toString(attempts))
                .set(REASON, reason)
                .build();
        return new Message(headers, message.body());
    }
}
