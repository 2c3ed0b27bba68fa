/**
 * A registry that is a list: services and the addresses of their nodes, from the descriptor or from a file that is watched.
 *
 * <p>go-micro counterpart: {@code go-plugins/client/selector/static}, as a registry.
 *
 * <pre>{@code
 * FixedService greeter = FixedService.of("greeter", "10.1.2.3:9001", "10.1.2.4:9001");
 * Registry registry = StaticRegistry.create(vertx, StaticRegistryOptions.DEFAULTS.withServices(greeter));
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.registry.fixed;

import org.jspecify.annotations.NullMarked;
