package dev.vertxmicro.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Chooses the address under which a server registers (go-micro {@code util/addr}).
 *
 * <p>A server that listens on one address registers that. One that listens on all of them registers, in this order: an IPv4
 * address of a private range (RFC 1918, 100.64.0.0/10), any other IPv4 address, an IPv6 address of {@code fd00::/8}, any other
 * IPv6 address, a loopback address; each the first by the order of the interfaces. go-micro prefers {@code fd00::/8} to public
 * IPv4 addresses, but its own mDNS peers cannot call IPv6 nodes, and it finds nothing on a host without a private range.
 */
public final class AdvertisedAddress {
    private static final String LAST_RESORT = "127.0.0.1";

    private AdvertisedAddress() {}

    /**
     * Turns the address that a server listens on into the one to register.
     *
     * @param listening {@code host:port}, host {@code 0.0.0.0}, {@code ::}, {@code [::]} or none for all addresses
     * @return {@code host:port}, an IPv6 host in brackets; the port is that of {@code listening}, as is the host unless it
     *     stands for all; just the host if there is no port
     */
    public static String of(String listening) {
        return of(listening, local());
    }

    /**
     * As {@link #of(String)}, on a host with these addresses.
     *
     * @param listening {@code host:port}
     * @param local     addresses of the interfaces that are up, in their order
     * @return {@code host:port}
     */
    static String of(String listening, List<InetAddress> local) {
        if (listening.equals("::")) {
            return choose(local);
        }
        int colon = listening.lastIndexOf(':');
        boolean hasPort = colon >= 0 && !listening.endsWith("]");
        String host = hasPort ? listening.substring(0, colon) : listening;
        String port = hasPort ? listening.substring(colon) : "";
        return switch (host) {
            case "", "0.0.0.0", "::", "[::]", "0:0:0:0:0:0:0:0", "[0:0:0:0:0:0:0:0]" -> choose(local) + port;
            default -> listening;
        };
    }

    private static String choose(List<InetAddress> local) {
        return local.stream()
                .filter(address -> !address.isAnyLocalAddress() && !address.isMulticastAddress())
                .min(Comparator.comparingInt(AdvertisedAddress::rank))
                .map(AdvertisedAddress::text)
                .orElse(LAST_RESORT);
    }

    private static int rank(InetAddress address) {
        boolean four = address instanceof Inet4Address;
        if (address.isLoopbackAddress()) {
            return four ? 6 : 7;
        }
        if (address.isLinkLocalAddress()) {
            return four ? 4 : 5;
        }
        if (four) {
            return isPrivate(address) ? 0 : 1;
        }
        return isPrivate(address) ? 2 : 3;
    }

    private static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 16) {
            return bytes[0] == (byte) 0xfd;
        }
        boolean shared = bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
        return address.isSiteLocalAddress() || shared;
    }

    private static String text(InetAddress address) {
        String literal = address.getHostAddress();
        if (address instanceof Inet4Address) {
            return literal;
        }
        int zone = literal.indexOf('%');
        boolean zoned = zone >= 0 && !address.isLinkLocalAddress();
        return "[" + (zoned ? literal.substring(0, zone) : literal) + "]";
    }

    private static List<InetAddress> local() {
        List<InetAddress> local = new ArrayList<>();
        try {
            for (NetworkInterface device : NetworkInterface.networkInterfaces().toList()) {
                if (device.isUp()) {
                    device.inetAddresses().forEach(local::add);
                }
            }
        } catch (SocketException e) {
            System.getLogger(AdvertisedAddress.class.getName())
                    .log(System.Logger.Level.DEBUG, "cannot list the interfaces", e);
        }
        return local;
    }
}
