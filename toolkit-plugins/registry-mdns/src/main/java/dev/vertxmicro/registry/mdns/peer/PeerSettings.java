package dev.vertxmicro.registry.mdns.peer;

import java.time.Duration;

/**
 * What a peer has to know of its network.
 *
 * @param domain        DNS domain of all names, without a trailing dot
 * @param host          name of this host
 * @param port          UDP port of the group
 * @param lookupTimeout how long a look-up collects answers
 */
public record PeerSettings(String domain, String host, int port, Duration lookupTimeout) {}
