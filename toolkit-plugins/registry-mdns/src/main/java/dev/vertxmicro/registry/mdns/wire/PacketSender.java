package dev.vertxmicro.registry.mdns.wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Sends packets. What cannot be sent is lost, as a datagram may be. Used by one thread. */
public interface PacketSender {

    /**
     * Sends to the group from the group's port, on every interface from which the node can be reached.
     *
     * @param packet what
     * @param node   address of the node that the packet tells of
     */
    void announce(byte[] packet, InetAddress node);

    /**
     * Sends to the group on every interface, from a port of its own, where answers come back.
     *
     * @param packet what
     */
    void ask(byte[] packet);

    /**
     * Sends to one peer.
     *
     * @param packet what
     * @param peer to whom
     */
    void answer(byte[] packet, InetSocketAddress peer);
}
