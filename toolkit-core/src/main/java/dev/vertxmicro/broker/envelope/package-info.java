/**
 * go-micro's envelope of an event, for brokers whose protocol has no headers: {@code codec/json} of its {@code broker.Message}.
 *
 * <pre>{@code
 * byte[] head = EventEnvelope.head(message.headers());
 * byte[] tail = EventEnvelope.tail(java.nio.ByteBuffer.wrap(message.body().getBytes()));
 * EventEnvelope event = EventEnvelope.read(java.nio.ByteBuffer.wrap(text.getBytes()));
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.broker.envelope;

import org.jspecify.annotations.NullMarked;
