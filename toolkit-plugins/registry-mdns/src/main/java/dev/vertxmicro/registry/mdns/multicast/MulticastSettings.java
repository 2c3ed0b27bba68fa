package dev.vertxmicro.registry.mdns.multicast;

import java.util.List;

/**
 * Where the sockets listen and send.
 *
 * @param group      IPv4 multicast group
 * @param group6     IPv6 multicast group; empty for none
 * @param port       UDP port of the groups
 * @param interfaces names of the interfaces to use; empty for all that are up
 */
public record MulticastSettings(String group, String group6, int port, List<String> interfaces) {}
