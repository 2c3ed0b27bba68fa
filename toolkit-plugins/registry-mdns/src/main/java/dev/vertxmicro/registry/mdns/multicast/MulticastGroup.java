package dev.vertxmicro.registry.mdns.multicast;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * The sockets of one address family: on the group's port, shared with all other responders of the host, and on a port of
 * their own from which is asked. Used by one thread.
 */
interface MulticastGroup {

    /**
     * Looks at the interfaces again, joins the group on new ones and leaves it on those that are gone.
     *
     * @return true if there are others than before, or one that could not send can be tried again
     */
    boolean checkInterfaces();

    /**
     * Tells whether the group is joined somewhere.
     *
     * @return true if so
     */
    boolean isJoined();

    /**
     * Sends to the group from the group's port, on every interface from which the node can be reached.
     *
     * @param packet what
     * @param node   address of the node that the packet tells of
     * @return how many datagrams were sent
     */
    int announce(ByteBuffer packet, InetAddress node);

    /**
     * Sends to the group on every interface from a port of its own.
     *
     * @param packet what
     * @return how many datagrams were sent
     */
    int ask(ByteBuffer packet);

    /**
     * Sends to one peer.
     *
     * @param packet what
     * @param peer   to whom
     */
    void answer(ByteBuffer packet, InetSocketAddress peer);

    /**
     * Reads what was sent to the port of its own.
     *
     * @param receiver takes packet and source
     */
    void drainAnswers(Consumer<Datagrams.Incoming> receiver);

    /**
     * Reads what was sent to the group, but for copies that came over another interface.
     *
     * @param receiver takes packet and source
     */
    void drainGroup(Consumer<Datagrams.Incoming> receiver);

    /** Closes the sockets. */
    void close();
}
