package dev.vertxmicro.registry.mdns.multicast;

import dev.vertxmicro.time.LateLogger;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Finds the interfaces that carry multicast. */
final class Interfaces {
    private static final System.Logger LOG = LateLogger.of(Interfaces.class);

    private Interfaces() {}

    /**
     * What makes an interface the same as before.
     *
     * @param name      its name
     * @param index     its index in the system
     * @param addresses its addresses of the family
     */
    record Link(String name, int index, Set<InetAddress> addresses) {}

    /**
     * Finds the interfaces that are up and have an IPv4 address, loopback included: it does not call itself capable of
     * multicast on Linux, but is.
     *
     * @param names the only ones to use; empty means all
     * @return what was found
     */
    static Map<Link, NetworkInterface> withIpv4(List<String> names) {
        return usable(names, Inet4Address.class::isInstance);
    }

    /**
     * Finds the interfaces that are up and have an IPv6 address, but for loopback: Linux has no route for IPv6 multicast there.
     *
     * @param names the only ones to use; empty means all
     * @return what was found
     */
    static Map<Link, NetworkInterface> withIpv6(List<String> names) {
        return usable(names, address -> address instanceof Inet6Address && !address.isLoopbackAddress());
    }

    private static Map<Link, NetworkInterface> usable(List<String> names, Predicate<InetAddress> family) {
        Map<Link, NetworkInterface> usable = new LinkedHashMap<>();
        try {
            for (NetworkInterface device : NetworkInterface.networkInterfaces().toList()) {
                Set<InetAddress> addresses =
                        device.inetAddresses().filter(family).collect(Collectors.toSet());
                boolean wanted = names.isEmpty() || names.contains(device.getName());
                if (wanted && !addresses.isEmpty() && device.isUp()) {
                    usable.put(new Link(device.getName(), device.getIndex(), addresses), device);
                }
            }
        } catch (SocketException e) {
            LOG.log(System.Logger.Level.DEBUG, "mdns: cannot list the interfaces", e);
        }
        return usable;
    }
}
