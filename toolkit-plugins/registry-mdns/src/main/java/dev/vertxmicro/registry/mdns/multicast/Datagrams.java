package dev.vertxmicro.registry.mdns.multicast;

import dev.vertxmicro.time.LateLogger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;

/** Opens, reads and writes UDP channels of multicast. What cannot be sent or received is logged and lost. */
final class Datagrams {
    private static final System.Logger LOG = LateLogger.of(Datagrams.class);
    private static final int RECEIVE_BUFFER_BYTES = 4 << 20;
    private static final int MAX_DRAINED_BYTES = 8 << 20;
    private static final int OVERHEAD_BYTES = 64;
    private static final int MAX_DATAGRAM = 65_536;

    /**
     * What was received.
     *
     * @param packet its bytes
     * @param source who sent it
     */
    record Incoming(ByteBuffer packet, InetSocketAddress source) {}

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_DATAGRAM);
    private final Listening listening;

    /** Takes channels that are to be listened to. */
    interface Listening {
        /**
         * Takes one.
         *
         * @param channel it
         * @throws IOException if it is closed
         */
        void register(DatagramChannel channel) throws IOException;
    }

    /**
     * Opens nothing yet.
     *
     * @param listening takes each channel that is opened
     */
    Datagrams(Listening listening) {
        this.listening = listening;
    }

    /**
     * Opens a channel that reads and writes multicast.
     *
     * @param family of its addresses
     * @param local  what to bind; a port of 0 is for this channel only, any other is shared
     * @return the channel
     * @throws IOException if it cannot be opened or bound
     */
    DatagramChannel open(ProtocolFamily family, InetSocketAddress local) throws IOException {
        DatagramChannel channel = DatagramChannel.open(family);
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, local.getPort() != 0);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 255);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
            channel.bind(local);
            channel.configureBlocking(false);
            listening.register(channel);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Reads all that was received, within a bound.
     *
     * @param channel  of what
     * @param received takes it
     */
    void drain(DatagramChannel channel, List<Incoming> received) {
        try {
            for (int bytes = 0; bytes < MAX_DRAINED_BYTES; bytes += buffer.limit() + OVERHEAD_BYTES) {
                buffer.clear();
                InetSocketAddress source = (InetSocketAddress) channel.receive(buffer);
                if (source == null) {
                    return;
                }
                byte[] packet = new byte[buffer.flip().remaining()];
                buffer.get(packet);
                received.add(new Incoming(ByteBuffer.wrap(packet), source));
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "mdns: cannot receive", e);
        }
    }

    /**
     * Sends to a group on one interface.
     *
     * @param channel by which
     * @param device  the interface
     * @param packet  what
     * @param group   to whom
     * @return true if the system took it
     */
    static boolean send(DatagramChannel channel, NetworkInterface device, ByteBuffer packet, InetSocketAddress group) {
        try {
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, device);
            return send(channel, packet, group);
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "mdns: cannot use " + device.getName(), e);
            return false;
        }
    }

    /**
     * Sends to one address.
     *
     * @param channel by which
     * @param packet  what
     * @param to      whom
     * @return true if the system took it
     */
    static boolean send(DatagramChannel channel, ByteBuffer packet, InetSocketAddress to) {
        try {
            channel.send(packet.duplicate(), to);
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "mdns: cannot send to " + to, e);
            return false;
        }
    }

    /**
     * Joins a group.
     *
     * @param channel which takes what is sent to the group
     * @param group   its address
     * @param device  on which interface
     * @return true if it did
     */
    static boolean join(DatagramChannel channel, InetAddress group, NetworkInterface device) {
        try {
            channel.join(group, device);
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "mdns: cannot join on " + device.getName(), e);
            return false;
        }
    }

    /**
     * Closes a channel.
     *
     * @param channel it
     */
    static void close(DatagramChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "mdns: cannot close", e);
        }
    }
}
