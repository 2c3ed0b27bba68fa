/**
 * A registry over Nats.
 *
 * <p>go-micro counterpart: {@code go-plugins/registry/nats}.
 *
 * <pre>{@code
 * NatsRegistryOptions options = NatsRegistryOptions.DEFAULTS.withAddress("10.1.2.3:1234");
 * Registry registry = NatsRegistry.create(vertx, options);
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.registry.nats;

import org.jspecify.annotations.NullMarked;
