/**
 * A registry over Multi.
 *
 * <p>go-micro counterpart: {@code go-plugins/registry/multi}.
 *
 * <pre>{@code
 * MultiRegistryOptions options = MultiRegistryOptions.DEFAULTS.withAddress("10.1.2.3:1234");
 * Registry registry = MultiRegistry.create(vertx, options);
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.registry.multi;

import org.jspecify.annotations.NullMarked;
