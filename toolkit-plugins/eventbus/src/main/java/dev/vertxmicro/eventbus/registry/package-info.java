/**
 * A registry that another verticle owns, reached over the event bus: in the same Vert.x or on another node of the cluster.
 *
 * <p>go-micro counterpart: {@code registry/service}, which asks a registry that runs as a service.
 *
 * <pre>{@code
 * vertx.deployVerticle(RegistryVerticle.class.getName(), new DeploymentOptions().setConfig(descriptor))
 *         .compose(deployed -> EventBusRegistry.create(vertx, EventBusRegistryOptions.DEFAULTS).list())
 *         .onSuccess(System.out::println);
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.eventbus.registry;

import org.jspecify.annotations.NullMarked;
