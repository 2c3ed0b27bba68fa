/**
 * What is known of the network: the nodes that were heard of, who wants to know of them, and how many are kept.
 *
 * <p>Stands on {@code wire}; knows no socket.
 */
@NullMarked
package dev.vertxmicro.registry.mdns.directory;

import org.jspecify.annotations.NullMarked;
