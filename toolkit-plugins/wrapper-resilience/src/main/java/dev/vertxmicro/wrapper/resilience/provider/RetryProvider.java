package dev.vertxmicro.wrapper.resilience.provider;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.spi.ServiceIdentity;
import dev.vertxmicro.spi.WrapperProvider;
import dev.vertxmicro.wrapper.Wrapper;
import dev.vertxmicro.wrapper.resilience.RetryOptions;
import dev.vertxmicro.wrapper.resilience.RetryWrapper;
import io.vertx.core.Vertx;
import java.util.function.Function;

/** Provides {@code "type": "retry"}. */
public final class RetryProvider implements WrapperProvider {

    /** For the service loader. */
    public RetryProvider() {}

    @Override
    public String type() {
        return RetryWrapper.TYPE;
    }

    @Override
    public Function<Vertx, Wrapper> configure(Section section, ServiceIdentity who) {
        RetryOptions options = read(section);
        return vertx -> RetryWrapper.create(options, VertxTimers.of(vertx));
    }

    static RetryOptions read(Section section) {
        RetryOptions defaults = RetryOptions.DEFAULTS;
        return section.build(() -> new RetryOptions(
                section.integer("attempts", defaults.attempts()),
                section.list("codes", defaults.codes()),
                section.bool("idempotent", defaults.idempotent()),
                section.duration("backoff", defaults.backoff()),
                section.duration("maxBackoff", defaults.maxBackoff()),
                section.duration("within", defaults.within()),
                section.integer("budget", defaults.budget())));
    }
}
