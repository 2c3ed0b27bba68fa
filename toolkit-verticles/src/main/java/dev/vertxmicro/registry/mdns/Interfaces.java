package dev.vertxmicro.registry.mdns;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the interfaces that carry IPv4 multicast. */
final class Interfaces {
    private static final System.Logger LOG = System.getLogger(Interfaces.class.getName());

    private Interfaces() {}

    /**
     * What makes an interface the same as before.
     *
     * @param name      its name
     * @param index     its index in the system
     * @param addresses its IPv4 addresses
     */
    record Link(String name, int index, Set<InetAddress> addresses) {}

    /**
     * Finds the interfaces that are up and have an IPv4 address, loopback included: it does not call itself capable of
     * multicast on Linux, but is.
     *
     * @param names the only ones to use; empty means all
     * @return what was found
     */
    static Map<Link, NetworkInterface> usable(List<String> names) {
        Map<Link, NetworkInterface> usable = new LinkedHashMap<>();
        try {
            for (NetworkInterface device : NetworkInterface.networkInterfaces().toList()) {
                Set<InetAddress> addresses = device.inetAddresses()
                        .filter(Inet4Address.class::isInstance)
                        .collect(Collectors.toSet());
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
