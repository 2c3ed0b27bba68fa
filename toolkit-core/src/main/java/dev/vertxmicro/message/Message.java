package dev.vertxmicro.message;

import io.vertx.core.buffer.Buffer;

/**
 * One message on a transport or a broker: headers and a body.
 *
 * <p>Whoever hands a message over does not change its body afterwards.
 *
 * @param headers names and values, {@code Micro-*} and metadata among them
 * @param body    the encoded payload, perhaps empty
 */
public record Message(Metadata headers, Buffer body) {}
