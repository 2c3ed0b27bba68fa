package dev.vertxmicro.registry.dns;

import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.config.OptionsStyle;
import io.netty.util.NetUtil;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.immutables.value.Value;

/**
 * Settings of the DNS registry.
 *
 * @param addresses    DNS servers, literal IP addresses, port 53 if missing. All of them are asked, and what they answer is put together;
 *                     empty for those of the system, which are asked one after the other until one answers
 * @param domain       domain of all services; empty for none; default `local`, as go-micro's
 * @param name         what is asked for, with `{service}` and `{domain}`; empty for `_{service}._tcp.{domain}`, or, where there is a
 *                     port, for `{service}.{domain}`
 * @param port         port of all nodes, whose addresses are then asked for, A or else AAAA records; 0 asks for SRV records, which have
 *                     ports
 * @param queryTimeout how long a server may take to answer; it is asked once again; &gt; 0
 * @param minTtl       how long an answer is good at least, whatever its TTL; &gt; 0
 * @param maxTtl       how long an answer is good at most; not less than `minTtl`
 * @param negativeTtl  how long it is good that there is no such service, and after how long a server is asked again that did not
 *                     answer; &gt; 0
 */
@Value.Builder
@OptionsStyle
public record DnsRegistryOptions(
        List<String> addresses,
        String domain,
        String name,
        int port,
        Duration queryTimeout,
        Duration minTtl,
        Duration maxTtl,
        Duration negativeTtl)
        implements WithDnsRegistryOptions {
    private static final int DNS_PORT = 53;
    private static final int LARGEST_PORT = 65535;
    private static final int LONGEST_NAME = 253;
    private static final Pattern DOMAIN = Pattern.compile("|[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*");
    private static final String REST = "[A-Za-z0-9._-]*(\\{domain\\}[A-Za-z0-9._-]*)*";
    private static final Pattern NAME = Pattern.compile("|" + REST + "\\{service\\}" + REST);

    /** The servers of the system, SRV records below {@code local}, 1 s, 1 s to 5 min, 5 s. */
    public static final DnsRegistryOptions DEFAULTS = new DnsRegistryOptions(
            List.of(),
            "local",
            "",
            0,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofMinutes(5),
            Duration.ofSeconds(5));

    /** Checks the values, and adds the port to addresses without one. */
    public DnsRegistryOptions {
        addresses =
                addresses.stream().map(DnsRegistryOptions::normal).distinct().toList();
        check(fits(DOMAIN, domain), "domain", "\"" + domain + "\"", "such as service.consul, or none");
        check(fits(NAME, name), "name", "\"" + name + "\"", "a name with {service} in it, or none");
        check(port >= 0 && port <= LARGEST_PORT, "port", port, "0 to 65535");
        check(positive(queryTimeout), "queryTimeout", queryTimeout, "> 0");
        check(positive(minTtl), "minTtl", minTtl, "> 0");
        check(maxTtl.compareTo(minTtl) >= 0, "maxTtl", maxTtl, ">= minTtl, which is " + minTtl);
        check(positive(negativeTtl), "negativeTtl", negativeTtl, "> 0");
    }

    private static String normal(String address) {
        return HostPort.parse(address, DNS_PORT)
                .filter(at -> NetUtil.createInetAddressFromIpAddressString(at.host()) != null)
                .map(HostPort::text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "addresses: \"" + address + "\" (expected: IP address of a DNS server, with :port if not 53)"));
    }

    private static boolean fits(Pattern pattern, String text) {
        return text.length() <= LONGEST_NAME && pattern.matcher(text).matches();
    }

    private static boolean positive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    private static void check(boolean good, String name, Object value, String expected) {
        if (!good) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }
}
