package dev.vertxmicro.wrapper.validation;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.spi.ServiceIdentity;
import dev.vertxmicro.spi.WrapperProvider;
import dev.vertxmicro.wrapper.Wrapper;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Function;

/** Provides {@code "type": "validation"}. */
public final class ValidationProvider implements WrapperProvider {

    /** For the service loader. */
    public ValidationProvider() {}

    @Override
    public String type() {
        return ValidationWrapper.TYPE;
    }

    @Override
    public Function<Vertx, Wrapper> configure(Section section, ServiceIdentity who) {
        ValidationOptions options = read(section);
        return vertx -> ValidationWrapper.create(options, who.name(), List.of(ProtoRules.create(vertx)));
    }

    static ValidationOptions read(Section section) {
        ValidationOptions defaults = ValidationOptions.DEFAULTS;
        return section.build(() -> new ValidationOptions(
                section.bool("responses", defaults.responses()), section.integer("maxBroken", defaults.maxBroken())));
    }
}
