/**
 * Publishes and subscribes over HTTP, from process to process: subscribers are found in the registry, nothing else has to run.
 *
 * <p>go-micro counterpart: {@code broker/http_broker.go}, the default broker; both sides understand each other.
 *
 * <pre>{@code
 * Broker broker = HttpBroker.create(vertx, registry, HttpBrokerOptions.DEFAULTS);
 * broker.connect()
 *         .compose(connected -> broker.subscribe("orders", delivery -> handle(delivery.message())))
 *         .compose(subscription -> broker.publish("orders", message));
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.broker.http;

import org.jspecify.annotations.NullMarked;
