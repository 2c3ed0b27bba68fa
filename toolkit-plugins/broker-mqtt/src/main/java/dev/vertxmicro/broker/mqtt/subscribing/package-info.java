/**
 * Subscriptions, the connections that carry them, and what comes on these.
 *
 * <p>Stands on {@code session} and {@code naming}.
 */
@NullMarked
package dev.vertxmicro.broker.mqtt.subscribing;

import org.jspecify.annotations.NullMarked;
