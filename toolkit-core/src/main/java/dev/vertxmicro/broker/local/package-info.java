/**
 * The subscriptions that a broker has in this process: buffers, queue groups, acknowledgement, redelivery, dead letters. For those
 * who implement a broker, whatever its backend; who uses one needs nothing of it. The broker in memory is these and nothing else.
 *
 * <p>go-micro has no counterpart: its brokers call handlers as messages come, and lose what a handler fails with.
 *
 * <pre>{@code
 * LocalSubscriptions subscriptions = LocalSubscriptions.create(timers, broker::publish);
 * subscriptions.deliver("orders", message).settled().onSuccess(done -> acknowledge(message));
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.broker.local;

import org.jspecify.annotations.NullMarked;
