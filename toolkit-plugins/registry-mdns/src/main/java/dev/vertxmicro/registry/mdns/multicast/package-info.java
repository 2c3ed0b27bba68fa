/**
 * The thread of a registry and its UDP sockets on the interfaces of this host.
 *
 * <p>Stands on {@code wire}; knows nothing of what the packets say.
 */
@NullMarked
package dev.vertxmicro.registry.mdns.multicast;

import org.jspecify.annotations.NullMarked;
