package dev.vertxmicro.broker;

import dev.vertxmicro.message.Metadata;

/**
 * A decoded message of a {@link Topic}.
 *
 * @param payload  what was published
 * @param delivery how it came, and how to settle it
 * @param <T>      type of the payload
 */
public record Event<T>(T payload, Delivery delivery) {

    /**
     * Gives the headers of the message.
     *
     * @return the publisher's metadata, and {@code Content-Type}, {@code Micro-Topic}, {@code Micro-Id}
     */
    public Metadata headers() {
        return delivery.message().headers();
    }
}
