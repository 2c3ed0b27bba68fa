/**
 * What goes over the network: DNS packets of queries and responses, the records of a node, what its TXT record says.
 *
 * <p>go-micro counterpart: {@code registry/encoding.go} and {@code util/mdns/server.go}. Knows no socket, no timer and no state.
 */
@NullMarked
package dev.vertxmicro.registry.mdns.wire;

import org.jspecify.annotations.NullMarked;
