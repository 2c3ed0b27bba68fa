package dev.vertxmicro.registry.mdns.wire;

import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Node;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Address;

/**
 * The address of a node, as A or AAAA and SRV records can carry it. No record carries the zone of a link-local IPv6 address,
 * such as {@code %eth0}: who hears of it puts the interface there over which it heard.
 *
 * @param host IP address; with its zone if it is link-local and of an interface of this host
 * @param port TCP port, 0 to 65535
 */
public record NodeAddress(InetAddress host, int port) {
    private static final HostPort NOWHERE = new HostPort("", -1);

    /**
     * Reads the address of a node.
     *
     * @param node the node
     * @return its address
     * @throws MicroException 400 if it is not a literal IP address with a port
     */
    public static NodeAddress of(Node node) {
        String text = node.address();
        HostPort at = HostPort.split(text).orElse(NOWHERE);
        Optional<InetAddress> host = host(at.host(), text.startsWith("["));
        if (host.isEmpty() || at.port() < 0) {
            throw MdnsErrors.refused("address of node \"" + node.id() + "\": \"" + text
                    + "\" (expected: a literal IP address and a port, such as 10.0.0.1:9090 or [fd00::1]:9090;"
                    + " mDNS cannot carry a host name)");
        }
        return new NodeAddress(host.get(), at.port());
    }

    private static Optional<InetAddress> host(String literal, boolean bracketed) {
        int percent = bracketed ? literal.indexOf('%') : -1;
        String zone = percent < 0 ? "" : literal.substring(percent + 1);
        try {
            InetAddress address = Address.getByAddress(
                    percent < 0 ? literal : literal.substring(0, percent), bracketed ? Address.IPv6 : Address.IPv4);
            boolean local = address instanceof Inet6Address && address.isLinkLocalAddress();
            if (percent >= 0 && (!local || zone.isEmpty())) {
                return Optional.empty();
            }
            return local ? zoned(address, zone) : Optional.of(address);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<InetAddress> zoned(InetAddress address, String zone) throws IOException {
        NetworkInterface device = device(address, zone);
        if (device == null) {
            return zone.isEmpty() ? Optional.of(address) : Optional.empty();
        }
        return Optional.of(onLink(address, device));
    }

    /**
     * Puts the interface of its link to a link-local address, by name if it has such an address itself, else by number.
     *
     * @param address the address
     * @param device  the interface
     * @return the address with its zone
     * @throws UnknownHostException if it is no IPv6 address
     */
    public static InetAddress onLink(InetAddress address, NetworkInterface device) throws UnknownHostException {
        boolean named = device.inetAddresses().anyMatch(own -> own instanceof Inet6Address && own.isLinkLocalAddress());
        return named
                ? Inet6Address.getByAddress(null, address.getAddress(), device)
                : Inet6Address.getByAddress(null, address.getAddress(), device.getIndex());
    }

    private static @Nullable NetworkInterface device(InetAddress address, String zone) throws SocketException {
        if (zone.isEmpty()) {
            return NetworkInterface.getByInetAddress(address);
        }
        int index = port(zone);
        return index > 0 ? NetworkInterface.getByIndex(index) : NetworkInterface.getByName(zone);
    }

    /**
     * Tells whether an address can be called on a link: a link-local one only on its own.
     *
     * @param address the address
     * @param index   of the interface of this host that is on the link
     * @return true if it can be, or its zone is not known
     */
    public static boolean isOnLink(Inet6Address address, int index) {
        return !address.isLinkLocalAddress() || address.getScopeId() == 0 || address.getScopeId() == index;
    }

    private static int port(String digits) {
        if (!digits.matches("[0-9]{1,5}")) {
            return -1;
        }
        int port = Integer.parseInt(digits);
        return port <= 0xFFFF ? port : -1;
    }

    /**
     * Writes {@code host:port}, an IPv6 host in brackets.
     *
     * @return the text
     */
    public String text() {
        return text(host) + ":" + port;
    }

    /**
     * Writes a host, an IPv6 one in brackets.
     *
     * @param host its address
     * @return the text
     */
    public static String text(InetAddress host) {
        String literal = host.getHostAddress();
        return host instanceof Inet4Address ? literal : "[" + literal + "]";
    }

    /**
     * Writes the host of an AAAA record as its peer calls it.
     *
     * @param host   address in the record
     * @param source who sent the record
     * @return the text in brackets, with the zone of the source if it is link-local; none if that source has no zone
     */
    public static Optional<String> heard(InetAddress host, InetAddress source) {
        if (!host.isLinkLocalAddress()) {
            return Optional.of(text(host));
        }
        String from = source instanceof Inet6Address ? source.getHostAddress() : "";
        int percent = from.indexOf('%');
        return percent < 0
                ? Optional.empty()
                : Optional.of("[" + host.getHostAddress() + from.substring(percent) + "]");
    }
}
