/**
 * What both types keep of nodes: those of others that are followed, and those that this registry has registered.
 *
 * <p>go-micro counterpart: the maps of {@code go-plugins/registry/nats}.
 *
 * <pre>{@code
 * follows.one("greeter", watcher).onSuccess(watch -> use(watch));
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.registry.nats.nodes;

import org.jspecify.annotations.NullMarked;
