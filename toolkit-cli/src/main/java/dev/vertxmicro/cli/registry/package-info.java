/**
 * Commands that look into a registry, and the session they do so by.
 *
 * <p>go-micro counterpart: {@code micro list services} and {@code micro get service}.
 *
 * <pre>{@code
 * vertx services
 * vertx describe greeter
 * vertx watch
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.cli.registry;

import org.jspecify.annotations.NullMarked;
