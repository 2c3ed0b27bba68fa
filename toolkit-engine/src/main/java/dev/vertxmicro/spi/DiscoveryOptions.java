package dev.vertxmicro.spi;

import dev.vertxmicro.config.Section;

/**
 * Which ways a registry and vertx-service-discovery are bridged, as the section says.
 *
 * @param mirror  our services as records; default false
 * @param imports the HTTP endpoints of others as services; default false
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
        return new DiscoveryOptions(
                section.bool("mirror", DEFAULTS.mirror()), section.bool("import", DEFAULTS.imports()));
    }
}
