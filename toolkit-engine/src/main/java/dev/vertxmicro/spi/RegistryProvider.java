package dev.vertxmicro.spi;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.registry.Registry;
import io.vertx.core.Vertx;
import java.util.function.Function;

/** Makes registries of one type. */
public interface RegistryProvider extends Provider {

    /**
     * Reads the settings of this type. Called for its section of every descriptor, even where another type is chosen.
     *
     * @param section {@code $.registry.<type>}
     * @return makes the registry
     */
    Function<Vertx, Registry> configure(Section section);

    /**
     * Reads the settings of this type, where it is made of registries of other types and so needs their sections too.
     *
     * @param section  {@code $.registry.<type>}
     * @param registry {@code $.registry}
     * @return makes the registry; as {@link #configure(Section)}, unless overridden
     */
    default Function<Vertx, Registry> configure(Section section, Section registry) {
        return configure(section);
    }
}
