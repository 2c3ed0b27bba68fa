package dev.vertxmicro.registry.multi;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.spi.RegistryProvider;
import dev.vertxmicro.spi.RegistrySettings;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Provides {@code "type": "multi"}. */
public final class MultiRegistryProvider implements RegistryProvider {

    /** For the service loader. */
    public MultiRegistryProvider() {}

    @Override
    public String type() {
        return MultiRegistry.TYPE;
    }

    /** The registries that it is made of have their defaults. */
    @Override
    public Function<Vertx, Registry> configure(Section section) {
        return configure(section, Section.root(new JsonObject()));
    }

    @Override
    public Function<Vertx, Registry> configure(Section section, Section registry) {
        MultiRegistryOptions options = read(section);
        List<Function<Vertx, Registry>> makers = new ArrayList<>();
        for (String type : options.registries()) {
            makers.add(RegistrySettings.registry(registry, type, section.path() + ".registries"));
        }
        return vertx -> MultiRegistry.create(
                vertx, options, makers.stream().map(maker -> maker.apply(vertx)).toList());
    }

    static MultiRegistryOptions read(Section section) {
        MultiRegistryOptions defaults = MultiRegistryOptions.DEFAULTS;
        return section.build(() -> {
            List<String> registries = section.list("registries", defaults.registries());
            if (registries.contains(MultiRegistry.TYPE)) {
                throw new IllegalArgumentException("registries: \"multi\" (expected: types of other registries)");
            }
            return defaults.withReadOnly()
                    .withRegistries(registries)
                    .withReadOnly(section.list("readOnly", defaults.readOnly()))
                    .withPatience(section.duration("patience", defaults.patience()));
        });
    }
}
