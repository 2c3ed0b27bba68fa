/**
 * A registry over Static.
 *
 * <p>go-micro counterpart: {@code go-plugins/registry/fixed}.
 *
 * <pre>{@code
 * StaticRegistryOptions options = StaticRegistryOptions.DEFAULTS.withAddress("10.1.2.3:1234");
 * Registry registry = StaticRegistry.create(vertx, options);
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.registry.fixed;

import org.jspecify.annotations.NullMarked;
