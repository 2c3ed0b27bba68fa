/**
 * Subscriptions that a BrokerVerticle holds for others: each delivery is a request to the owner. What is held is noted where the
 * next BrokerVerticle finds it.
 *
 * <p>go-micro counterpart: none; its broker service streams to who has subscribed.
 */
@NullMarked
package dev.vertxmicro.verticle.broker.subscription;

import org.jspecify.annotations.NullMarked;
