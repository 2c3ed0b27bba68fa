package dev.vertxmicro.registry.fixed;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.spi.RegistryProvider;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Function;

/** Provides {@code "type": "static"}. */
public final class StaticRegistryProvider implements RegistryProvider {

    /** For the service loader. */
    public StaticRegistryProvider() {}

    @Override
    public String type() {
        return StaticRegistry.TYPE;
    }

    @Override
    public Function<Vertx, Registry> configure(Section section) {
        StaticRegistryOptions options = read(section);
        return vertx -> StaticRegistry.create(vertx, options);
    }

    static StaticRegistryOptions read(Section section) {
        StaticRegistryOptions defaults = StaticRegistryOptions.DEFAULTS;
        List<FixedService> services = section.sections("services").stream()
                .map(StaticRegistryProvider::service)
                .toList();
        return section.build(() -> defaults.withServices(services)
                .withFile(section.string("file", defaults.file()))
                .withReload(section.duration("reload", defaults.reload()))
                .withRegister(section.choice("register", defaults.register(), RegisterRule.byText())));
    }

    private static FixedService service(Section section) {
        FixedService service = section.build(() -> new FixedService(
                section.string("name", ""),
                section.strings("addresses"),
                section.string("version", ""),
                section.map("metadata")));
        section.end();
        return service;
    }
}
