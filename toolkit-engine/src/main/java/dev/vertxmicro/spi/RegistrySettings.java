package dev.vertxmicro.spi;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.registry.Heartbeat;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.server.ServerOptions;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/**
 * What the registry's section of a descriptor says of registrations, and the registry it names.
 *
 * @param ttl      how long a registration holds
 * @param interval how often it is renewed
 * @param required true if a service fails to start that cannot be registered
 */
public record RegistrySettings(Duration ttl, Duration interval, boolean required) {

    private static final String DEFAULT_TYPE = "mdns";
    private static final Map<String, String> KEYS = Map.of("registerTtl", "ttl", "registerInterval", "interval");

    /**
     * Reads the section.
     *
     * @param section {@code $.registry}
     * @return what it says
     * @throws dev.vertxmicro.config.ConfigException for a bad value, with its JSON path
     */
    public static RegistrySettings from(Section section) {
        ServerOptions defaults = ServerOptions.defaults();
        Duration ttl = section.duration("ttl", defaults.registerTtl());
        ServerOptions beating = section.build(
                KEYS, () -> defaults.withHeartbeat(ttl, section.duration("interval", Heartbeat.interval(ttl))));
        return new RegistrySettings(
                beating.registerTtl(),
                beating.registerInterval(),
                section.bool("required", defaults.registerRequired()));
    }

    /**
     * Reads which registry it is.
     *
     * @param section {@code $.registry}
     * @return makes the registry
     * @throws dev.vertxmicro.config.ConfigException for a type that is not there or a bad value, with its JSON path
     */
    public static Function<Vertx, Registry> registry(Section section) {
        return Providers.load(RegistryProvider.class)
                .choose(section, DEFAULT_TYPE, (provider, own) -> provider.configure(own, section))
                .maker();
    }

    /**
     * Reads the settings of a registry that something else than the section names.
     *
     * @param section {@code $.registry}
     * @param type    the type
     * @param path    where the type is named, for the error
     * @return makes the registry
     * @throws dev.vertxmicro.config.ConfigException for a type that is not there or a bad value, with its JSON path
     */
    public static Function<Vertx, Registry> registry(Section section, String type, String path) {
        RegistryProvider provider = Providers.load(RegistryProvider.class).require(path, type);
        Section own = section.section(type);
        return own.build(() -> provider.configure(own, section));
    }
}
