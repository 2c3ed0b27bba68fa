package dev.vertxmicro.selector;

import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.config.OptionsStyle;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.immutables.value.Value;

/**
 * Where services are that no registry knows: the rule of go-micro's selector {@code static}, for {@link
 * dev.vertxmicro.registry.Discovery#addressed}. A service is at the addresses that are given for it; else, where its name is {@code
 * host:port}, there; else at the host of its name, in the domain, at the port.
 *
 * @param domain    domain that the name of a service is in, such as `svc.example`; empty for none
 * @param port      port of the services; default 8080
 * @param addresses addresses {@code host:port} of some services, by name
 */
@Value.Builder
@OptionsStyle
public record StaticNodes(String domain, int port, Map<String, List<String>> addresses)
        implements Function<String, List<String>>, WithStaticNodes {
    private static final int LARGEST_PORT = 65535;
    private static final int LONGEST_DOMAIN = 253;
    private static final Pattern DOMAIN = Pattern.compile("|[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*");

    /** go-micro's: no domain, 8080. */
    public static final StaticNodes DEFAULTS = new StaticNodes("", 8080, Map.of());

    /** Checks the bounds and copies the map. */
    public StaticNodes {
        if (domain.length() > LONGEST_DOMAIN || !DOMAIN.matcher(domain).matches()) {
            throw new IllegalArgumentException("domain: \"" + domain + "\" (expected: such as svc.example)");
        }
        if (port < 1 || port > LARGEST_PORT) {
            throw new IllegalArgumentException("port: " + port + " (expected: 1 to 65535)");
        }
        addresses.forEach((name, list) -> list.forEach(address -> HostPort.advertised("addresses", address)));
        addresses = addresses.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> List.copyOf(entry.getValue())));
    }

    @Override
    public List<String> apply(String service) {
        List<String> given = addresses.get(service);
        if (given != null) {
            return given;
        }
        if (HostPort.parse(service).isPresent()) {
            return List.of(service);
        }
        return List.of(service + (domain.isEmpty() ? "" : "." + domain) + ":" + port);
    }
}
