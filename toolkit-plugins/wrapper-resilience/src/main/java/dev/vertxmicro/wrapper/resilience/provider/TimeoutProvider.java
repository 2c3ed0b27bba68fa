package dev.vertxmicro.wrapper.resilience.provider;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.spi.ServiceIdentity;
import dev.vertxmicro.spi.WrapperProvider;
import dev.vertxmicro.wrapper.Wrapper;
import dev.vertxmicro.wrapper.resilience.TimeoutOptions;
import dev.vertxmicro.wrapper.resilience.TimeoutWrapper;
import io.vertx.core.Vertx;
import java.util.function.Function;

/** Provides {@code "type": "timeout"}. */
public final class TimeoutProvider implements WrapperProvider {

    /** For the service loader. */
    public TimeoutProvider() {}

    @Override
    public String type() {
        return TimeoutWrapper.TYPE;
    }

    @Override
    public Function<Vertx, Wrapper> configure(Section section, ServiceIdentity who) {
        TimeoutOptions options = read(section);
        return vertx -> TimeoutWrapper.create(options, who.name(), VertxTimers.of(vertx));
    }

    static TimeoutOptions read(Section section) {
        TimeoutOptions defaults = TimeoutOptions.DEFAULTS;
        return section.build(() -> new TimeoutOptions(
                section.duration("call", defaults.call()),
                section.duration("message", defaults.message()),
                section.duration("idle", defaults.idle())));
    }
}
