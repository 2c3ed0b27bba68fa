/**
 * The connection to the servers of NATS, brought to the one context of the registry.
 *
 * <p>go-micro counterpart: the connection of {@code go-plugins/registry/nats}.
 */
@NullMarked
package dev.vertxmicro.registry.nats.link;

import org.jspecify.annotations.NullMarked;
