/**
 * A registry that is several registries at once: it writes to all of them, and reads what each knows, for the time of a migration.
 *
 * <p>go-micro counterpart: {@code go-plugins/registry/multi}.
 *
 * <pre>{@code
 * MultiRegistryOptions options = MultiRegistryOptions.DEFAULTS.withRegistries("mdns", "consul");
 * Registry both = MultiRegistry.create(vertx, options, List.of(registry, backend));
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.registry.multi;

import org.jspecify.annotations.NullMarked;
