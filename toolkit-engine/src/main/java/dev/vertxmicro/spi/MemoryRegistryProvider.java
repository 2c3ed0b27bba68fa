package dev.vertxmicro.spi;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.registry.Registry;
import io.vertx.core.Vertx;
import java.util.function.Function;

/** Provides {@code "type": "memory"}: a registry of this deployment only. */
public final class MemoryRegistryProvider implements RegistryProvider {

    /** For the service loader. */
    public MemoryRegistryProvider() {}

    @Override
    public String type() {
        return "memory";
    }

    @Override
    public Function<Vertx, Registry> configure(Section section) {
        return vertx -> Registry.inMemory(VertxTimers.of(vertx));
    }
}
