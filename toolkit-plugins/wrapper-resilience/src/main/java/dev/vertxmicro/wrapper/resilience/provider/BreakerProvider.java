package dev.vertxmicro.wrapper.resilience.provider;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.spi.ServiceIdentity;
import dev.vertxmicro.spi.WrapperProvider;
import dev.vertxmicro.wrapper.Wrapper;
import dev.vertxmicro.wrapper.resilience.BreakerOptions;
import dev.vertxmicro.wrapper.resilience.BreakerOptions.Per;
import dev.vertxmicro.wrapper.resilience.BreakerWrapper;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.function.Function;

/** Provides {@code "type": "breaker"}. */
public final class BreakerProvider implements WrapperProvider {
    private static final Map<String, Per> PER =
            Map.of("service", Per.SERVICE, "endpoint", Per.ENDPOINT, "node", Per.NODE);

    /** For the service loader. */
    public BreakerProvider() {}

    @Override
    public String type() {
        return BreakerWrapper.TYPE;
    }

    @Override
    public Function<Vertx, Wrapper> configure(Section section, ServiceIdentity who) {
        BreakerOptions options = read(section);
        return vertx -> BreakerWrapper.create(options, who.name(), VertxTimers.of(vertx));
    }

    static BreakerOptions read(Section section) {
        BreakerOptions defaults = BreakerOptions.DEFAULTS;
        return section.build(() -> new BreakerOptions(
                section.choice("per", defaults.per(), PER),
                section.integer("windowCalls", defaults.windowCalls()),
                section.duration("windowTime", defaults.windowTime()),
                section.integer("minCalls", defaults.minCalls()),
                section.integer("failureRate", defaults.failureRate()),
                section.integer("slowCallRate", defaults.slowCallRate()),
                section.duration("slowCall", defaults.slowCall()),
                section.duration("openTime", defaults.openTime()),
                section.integer("trialCalls", defaults.trialCalls()),
                section.list("codes", defaults.codes()),
                section.integer("maxCircuits", defaults.maxCircuits())));
    }
}
