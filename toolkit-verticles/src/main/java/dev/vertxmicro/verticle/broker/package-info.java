/**
 * What a BrokerVerticle is made of: the consumer of what others ask for, bridges between topics and addresses, and what is
 * subscribed for others ({@code subscription}).
 *
 * <p>go-micro counterpart: the broker service ({@code micro broker}), which owns a broker for others.
 *
 * <pre>{@code
 * BrokerHost host = BrokerHost.create(vertx, broker, bridges, BrokerHostOptions.DEFAULTS, up -> {});
 * host.start().onSuccess(started -> System.out.println("answers at micro.broker"));
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.verticle.broker;

import org.jspecify.annotations.NullMarked;
