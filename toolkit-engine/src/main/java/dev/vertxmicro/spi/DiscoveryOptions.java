package dev.vertxmicro.spi;

import dev.vertxmicro.config.Section;
import java.util.Map;

/**
 * Which ways a registry and vertx-service-discovery are bridged, as the section says.
 *
 * @param mirror  whether our services are published as records of vertx-service-discovery; default false
 * @param imports whether the HTTP endpoints among its records are registered as services; default false
 */
public record DiscoveryOptions(boolean mirror, boolean imports) {
    /** Neither way. */
    public static final DiscoveryOptions DEFAULTS = new DiscoveryOptions(false, false);

    /**
     * Tells whether anything is to be bridged.
     *
     * @return true for at least one way
     */
    public boolean any() {
        return mirror || imports;
    }

    /**
     * Reads the section.
     *
     * @param section {@code $.discovery}
     * @return what it says
     */
    public static DiscoveryOptions from(Section section) {
        return section.build(
                Map.of("imports", "import"),
                () -> new DiscoveryOptions(
                        section.bool("mirror", DEFAULTS.mirror()), section.bool("import", DEFAULTS.imports())));
    }
}
