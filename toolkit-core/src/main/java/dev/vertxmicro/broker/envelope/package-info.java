/**
 * go-micro's envelope of an event, for brokers whose protocol has no headers: {@code codec/json} of its {@code broker.Message}.
 *
 * <pre>{@code
 * byte[] head = EventEnvelope.head(message.headers());
 * byte[] tail = EventEnvelope.tail(ByteBuffer.wrap(message.body().getBytes()));
 * EventEnvelope event = EventEnvelope.read(ByteBuffer.wrap(received));
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.broker.envelope;

import org.jspecify.annotations.NullMarked;
