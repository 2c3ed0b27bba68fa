package dev.vertxmicro.registry.mdns;

import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.spi.RegistryProvider;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.function.Function;

/** Provides {@code "type": "mdns"}, the default. */
public final class MdnsRegistryProvider implements RegistryProvider {

    /** For the service loader. */
    public MdnsRegistryProvider() {}

    @Override
    public String type() {
        return "mdns";
    }

    @Override
    public Function<Vertx, Registry> configure(Section section) {
        MdnsOptions options = read(section);
        return vertx -> MdnsRegistry.create(vertx, options);
    }

    static MdnsOptions read(Section section) {
        MdnsOptions defaults = MdnsOptions.DEFAULTS;
        MdnsOptions named = section.build(() -> defaults.withDomain(section.string("domain", defaults.domain()))
                .withLookupTimeout(section.duration("lookupTimeout", defaults.lookupTimeout()))
                .withInterfaces(section.strings("interfaces"))
                .withInterfaceCheck(section.duration("interfaceCheck", defaults.interfaceCheck())));
        String address = section.string("address", defaults.group() + ":" + defaults.port());
        MdnsOptions placed = section.build(() -> at(named, address));
        // A group of one's own is meant to keep things apart, so IPv6 is not left to the group that all share.
        String six = placed.group().equals(defaults.group()) ? defaults.group6() : "";
        String address6 = section.string("address6", six);
        return section.build(Map.of("group6", "address6"), () -> at6(placed, address6));
    }

    private static MdnsOptions at6(MdnsOptions options, String address6) {
        try {
            return options.withGroup6(address6);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "address6: " + address6 + " (expected: an IPv6 multicast group, such as ff02::fb, or nothing)", e);
        }
    }

    private static MdnsOptions at(MdnsOptions options, String address) {
        try {
            HostPort at = HostPort.split(address).orElseThrow(IllegalArgumentException::new);
            return options.withGroup(at.host()).withPort(at.port());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "address: " + address + " (expected: multicast group:port, such as 224.0.0.251:5353)", e);
        }
    }
}
