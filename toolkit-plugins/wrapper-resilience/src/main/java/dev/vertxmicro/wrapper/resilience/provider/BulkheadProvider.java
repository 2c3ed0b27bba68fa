package dev.vertxmicro.wrapper.resilience.provider;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.spi.ServiceIdentity;
import dev.vertxmicro.spi.WrapperProvider;
import dev.vertxmicro.wrapper.Wrapper;
import dev.vertxmicro.wrapper.resilience.BulkheadOptions;
import dev.vertxmicro.wrapper.resilience.BulkheadWrapper;
import io.vertx.core.Vertx;
import java.util.function.Function;

/** Provides {@code "type": "bulkhead"}. */
public final class BulkheadProvider implements WrapperProvider {

    /** For the service loader. */
    public BulkheadProvider() {}

    @Override
    public String type() {
        return BulkheadWrapper.TYPE;
    }

    @Override
    public Function<Vertx, Wrapper> configure(Section section, ServiceIdentity who) {
        BulkheadOptions options = read(section);
        return vertx -> BulkheadWrapper.create(options, who.name(), VertxTimers.of(vertx));
    }

    static BulkheadOptions read(Section section) {
        BulkheadOptions defaults = BulkheadOptions.DEFAULTS;
        return section.build(() -> new BulkheadOptions(
                section.bool("perEndpoint", defaults.perEndpoint()),
                section.integer("maxConcurrent", defaults.maxConcurrent()),
                section.integer("maxWaiting", defaults.maxWaiting()),
                section.duration("maxWait", defaults.maxWait()),
                section.duration("messageWait", defaults.messageWait()),
                section.integer("maxKeys", defaults.maxKeys())));
    }
}
