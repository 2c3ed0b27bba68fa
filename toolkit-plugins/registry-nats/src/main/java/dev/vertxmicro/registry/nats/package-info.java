/**
 * Registries over NATS: one that asks all processes, and one in a bucket of JetStream.
 *
 * <p>go-micro counterpart: {@code go-plugins/registry/nats}.
 *
 * <pre>{@code
 * NatsRegistryOptions options = NatsRegistryOptions.DEFAULTS.withAddresses(List.of("10.1.2.3:4222", "10.1.2.4:4222"));
 * Registry registry = NatsRegistry.create(vertx, options);
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.registry.nats;

import org.jspecify.annotations.NullMarked;
