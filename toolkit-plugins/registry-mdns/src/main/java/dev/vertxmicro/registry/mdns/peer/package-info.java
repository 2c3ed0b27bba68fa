/**
 * One peer of the network: answers questions about its own nodes, asks for those of others.
 *
 * <p>go-micro counterpart: {@code util/mdns/client.go}, {@code server.go} and {@code zone.go}. Stands on {@code wire} and {@code directory};
 * its time is that of {@code Timers}, its network a {@code PacketSender}.
 */
@NullMarked
package dev.vertxmicro.registry.mdns.peer;

import org.jspecify.annotations.NullMarked;
