package dev.vertxmicro.wrapper.resilience.provider;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.spi.ServiceIdentity;
import dev.vertxmicro.spi.WrapperProvider;
import dev.vertxmicro.wrapper.Wrapper;
import dev.vertxmicro.wrapper.resilience.LimitKey;
import dev.vertxmicro.wrapper.resilience.RateLimitOptions;
import dev.vertxmicro.wrapper.resilience.RateLimitWrapper;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.function.Function;

/** Provides {@code "type": "ratelimit"}. */
public final class RateLimitProvider implements WrapperProvider {
    private static final Map<String, LimitKey> PER = Map.of(
            "all", LimitKey.ALL,
            "address", LimitKey.ADDRESS,
            "caller", LimitKey.CALLER,
            "endpoint", LimitKey.ENDPOINT,
            "principal", LimitKey.PRINCIPAL);

    /** For the service loader. */
    public RateLimitProvider() {}

    @Override
    public String type() {
        return RateLimitWrapper.TYPE;
    }

    @Override
    public Function<Vertx, Wrapper> configure(Section section, ServiceIdentity who) {
        RateLimitOptions options = read(section);
        return vertx -> RateLimitWrapper.create(options, who.name(), VertxTimers.of(vertx));
    }

    static RateLimitOptions read(Section section) {
        RateLimitOptions defaults = RateLimitOptions.DEFAULTS;
        return section.build(() -> new RateLimitOptions(
                section.choice("per", defaults.per(), PER),
                section.integer("calls", defaults.calls()),
                section.duration("period", defaults.period()),
                section.integer("burst", defaults.burst()),
                section.duration("maxWait", defaults.maxWait()),
                section.duration("messageWait", defaults.messageWait()),
                section.integer("maxWaiting", defaults.maxWaiting()),
                section.bool("perMessage", defaults.perMessage()),
                section.integer("maxKeys", defaults.maxKeys())));
    }
}
