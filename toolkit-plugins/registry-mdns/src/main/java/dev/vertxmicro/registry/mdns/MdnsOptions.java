package dev.vertxmicro.registry.mdns;

import dev.vertxmicro.config.OptionsStyle;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.immutables.value.Value;
import org.xbill.DNS.Address;

/**
 * Settings of the mDNS registry. Peers see each other when domain, group and port agree and an interface joins them.
 *
 * @param domain          DNS domain of all names, without a trailing dot; go-micro's is {@code micro}
 * @param lookupTimeout   how long a first look-up, which asks the network, collects answers; &gt; 0
 * @param group           IPv4 multicast group
 * @param group6          IPv6 multicast group, same port, for nodes with IPv6 addresses; empty for none, as is the default
 *                        with another IPv4 group
 * @param port            UDP port of the groups, 1 to 65535
 * @param interfaces      names of the interfaces to use, such as {@code eth0}; empty for all that are up and have an IP
 *                        address
 * @param interfaceCheck  how often new interfaces are looked for; &gt; 0
 */
@Value.Builder
@OptionsStyle
public record MdnsOptions(
        String domain,
        Duration lookupTimeout,
        String group,
        String group6,
        int port,
        List<String> interfaces,
        Duration interfaceCheck)
        implements WithMdnsOptions {

    private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*");
    private static final int LONGEST_DOMAIN = 100;

    /** go-micro's: domain {@code micro}, 100 ms, 224.0.0.251 and ff02::fb, port 5353, all interfaces; looked at again every 10 s. */
    public static final MdnsOptions DEFAULTS = new MdnsOptions(
            "micro", Duration.ofMillis(100), "224.0.0.251", "ff02::fb", 5353, List.of(), Duration.ofSeconds(10));

    /** Checks the values and copies the list. */
    public MdnsOptions {
        interfaces = List.copyOf(interfaces);
        check(
                DOMAIN.matcher(domain).matches() && domain.length() <= LONGEST_DOMAIN,
                "domain",
                domain,
                "labels of letters, digits, - and _, at most 100 characters");
        check(positive(lookupTimeout), "lookupTimeout", lookupTimeout, "> 0");
        check(isGroup(group, Address.IPv4), "group", group, "an IPv4 multicast address");
        check(
                group6.isEmpty() || isGroup(group6, Address.IPv6),
                "group6",
                group6,
                "an IPv6 multicast address, or none");
        check(port > 0 && port <= 0xFFFF, "port", port, "1 to 65535");
        check(interfaces.stream().noneMatch(String::isBlank), "interfaces", interfaces, "names such as eth0");
        check(positive(interfaceCheck), "interfaceCheck", interfaceCheck, "> 0");
    }

    private static boolean positive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    private static boolean isGroup(String text, int family) {
        try {
            InetAddress address = Address.getByAddress(text, family);
            return address.isMulticastAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static void check(boolean good, String name, Object value, String expected) {
        if (!good) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }
}
