package dev.vertxmicro.health;

import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.config.Section;
import org.immutables.value.Value;

/**
 * Where a process tells how it is, and what its readiness depends on besides the checks that it has registered itself.
 *
 * @param address  {@code host:port} where liveness and readiness are served over HTTP, an IPv6 host in brackets; empty for none
 * @param registry whether a service is not ready while it is not registered: its first registration is missing, or none has succeeded for
 *                 as long as one holds; default true
 * @param broker   whether a service is not ready while it has lost its broker; default true
 */
@Value.Builder
@OptionsStyle
public record HealthOptions(String address, boolean registry, boolean broker) implements WithHealthOptions {
    /** Not served; registry and broker count. */
    public static final HealthOptions DEFAULTS = new HealthOptions("", true, true);

    /** Checks the address. */
    public HealthOptions {
        if (!address.isEmpty()) {
            HostPort.listening(address);
        }
    }

    /**
     * Reads the section.
     *
     * @param section {@code $.health}
     * @return what it says
     */
    public static HealthOptions from(Section section) {
        return section.build(() -> new HealthOptions(
                section.string("address", DEFAULTS.address()),
                section.bool("registry", DEFAULTS.registry()),
                section.bool("broker", DEFAULTS.broker())));
    }

    /**
     * Tells whether readiness depends on a check.
     *
     * @param id of the check
     * @return false for {@code registry} and {@code broker} where these say so, true for all others
     */
    public boolean counts(String id) {
        return switch (id) {
            case "registry" -> registry;
            case "broker" -> broker;
            default -> true;
        };
    }
}
