/**
 * What a BrokerVerticle is made of: a desk that publishes and subscribes for others, bridges between topics and addresses, and
 * the duties by which several BrokerVerticles agree on who does what.
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
