package dev.vertxmicro.message;

import io.vertx.core.buffer.Buffer;
import java.util.Objects;

/**
 * One message on a transport or a broker: headers and a body.
 *
 * <p>Whoever hands a message over does not change its body afterwards.
 *
 * @param headers names and values, {@code Micro-*} and metadata among them
 * @param body    the encoded payload, perhaps empty
 */
public record Message(Metadata headers, Buffer body) {

    /** Refuses null, which a codec of a user's may answer: on its way it would be noticed too late. */
    public Message {
        Objects.requireNonNull(headers, "headers: null (expected: metadata, perhaps empty)");
        Objects.requireNonNull(body, "body: null (expected: a buffer, perhaps empty)");
    }
}
