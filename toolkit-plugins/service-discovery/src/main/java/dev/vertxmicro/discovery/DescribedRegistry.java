package dev.vertxmicro.discovery;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.spi.RegistrySettings;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;

/**
 * The registry that a descriptor names; nothing else of it counts.
 *
 * @param maker    makes the registry
 * @param settings of registrations in it
 */
record DescribedRegistry(Function<Vertx, Registry> maker, RegistrySettings settings) {
    private static final String KEY = "registry";

    static DescribedRegistry read(JsonObject descriptor) {
        JsonObject part = new JsonObject();
        if (descriptor.containsKey(KEY)) {
            part.put(KEY, descriptor.getValue(KEY));
        }
        Section root = Section.root(part);
        Section registry = root.section(KEY);
        DescribedRegistry described =
                new DescribedRegistry(RegistrySettings.registry(registry), RegistrySettings.from(registry));
        root.end();
        return described;
    }
}
