/**
 * A broker that another verticle owns, reached over the event bus: in the same Vert.x or on another node of the cluster.
 *
 * <p>go-micro counterpart: {@code broker/service}, which asks a broker that runs as a service.
 *
 * <pre>{@code
 * vertx.deployVerticle(BrokerVerticle.class.getName(), new DeploymentOptions().setConfig(descriptor))
 *         .compose(deployed -> broker.connect())
 *         .compose(connected -> broker.subscribe("news", delivery -> print(delivery.message())));
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.eventbus.broker;

import org.jspecify.annotations.NullMarked;
