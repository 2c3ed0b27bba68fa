package dev.vertxmicro.discovery;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.spi.RegistrySettings;
import io.vertx.core.json.JsonObject;

/** The registry that a descriptor names; nothing else of it counts. */
final class DescribedRegistry {
    private static final String KEY = "registry";

    private DescribedRegistry() {}

    static RegistrySettings read(JsonObject descriptor) {
        JsonObject part = new JsonObject();
        if (descriptor.containsKey(KEY)) {
            part.put(KEY, descriptor.getValue(KEY));
        }
        Section root = Section.root(part);
        RegistrySettings settings = RegistrySettings.from(root.section(KEY));
        root.end();
        return settings;
    }
}
