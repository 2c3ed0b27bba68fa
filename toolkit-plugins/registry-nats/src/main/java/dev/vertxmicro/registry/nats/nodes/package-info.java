/**
 * What both types keep of nodes: those of others that are followed, and those that this registry has registered.
 *
 * <p>go-micro counterpart: the maps of {@code go-plugins/registry/nats}.
 */
@NullMarked
package dev.vertxmicro.registry.nats.nodes;

import org.jspecify.annotations.NullMarked;
