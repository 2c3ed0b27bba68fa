package dev.vertxmicro.registry.dnssd;

import dev.vertxmicro.config.OptionsStyle;
import io.netty.util.NetUtil;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * Settings of the DNS-SD registry.
 *
 * @param address       literal IP address of the interface to use, which is also that of all nodes; empty for the one that a
 *                      server registers by default
 * @param lookupTimeout how long the first look-up collects answers; later ones are answered at once, and registering does
 *                      not wait for it; &gt; 0
 * @param recordTtl     time to live of all records of this process, in whole seconds: after it others drop a process that
 *                      died. JmDNS has one for a process, so the first registry of a process sets it, unless the system
 *                      property {@code net.dns.ttl} is set
 */
@Value.Builder
@OptionsStyle
public record DnsSdOptions(String address, Duration lookupTimeout, Duration recordTtl) implements WithDnsSdOptions {
    /** The address that a server registers by default, 1 s, 2 min. */
    public static final DnsSdOptions DEFAULTS = new DnsSdOptions("", Duration.ofSeconds(1), Duration.ofMinutes(2));

    private static final long LONGEST_TTL_SECONDS = 1_000_000;

    /** Checks the values. */
    public DnsSdOptions {
        check(
                address.isEmpty() || NetUtil.createInetAddressFromIpAddressString(address) != null,
                "address",
                address,
                "a literal IP address of this host, or none");
        check(!lookupTimeout.isNegative() && !lookupTimeout.isZero(), "lookupTimeout", lookupTimeout, "> 0");
        check(
                recordTtl.getNano() == 0 && recordTtl.getSeconds() > 0 && recordTtl.getSeconds() <= LONGEST_TTL_SECONDS,
                "recordTtl",
                recordTtl,
                "whole seconds, 1 to " + LONGEST_TTL_SECONDS);
    }

    private static void check(boolean good, String name, Object value, String expected) {
        if (!good) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }
}
