package dev.vertxmicro.codec.envelope;

import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.codec.Envelope;
import dev.vertxmicro.message.Metadata;
import io.vertx.core.buffer.Buffer;

/**
 * The body is the message; id, method and error travel in headers only.
 *
 * @param payload writes and reads the message
 */
public record BareEnvelope(Codec payload) implements Envelope {

    @Override
    public String contentType() {
        return payload.contentType();
    }

    @Override
    public Buffer request(String id, String method, Buffer message) {
        return message;
    }

    @Override
    public Buffer response(String id, String error, Buffer message) {
        return message;
    }

    @Override
    public Opened open(Metadata headers, Buffer body) {
        return new Opened("", "", "", body);
    }
}
