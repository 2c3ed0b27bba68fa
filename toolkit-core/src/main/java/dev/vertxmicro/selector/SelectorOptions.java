package dev.vertxmicro.selector;

import dev.vertxmicro.config.OptionsStyle;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.immutables.value.Value;

/**
 * How a selector chooses.
 *
 * @param strategy     how it chooses among the nodes; default random, as go-micro
 * @param filters      leave some nodes of every service out; default none
 * @param services     what is special about services, by name: a strategy of its own, and further filters; default nothing
 * @param cacheTtl     how long a look-up is taken as fresh; older ones are served while they are renewed; default 1 min
 * @param ejectionTime how long a node that could not be reached is left out while others are there; then a connection
 *                     without a call decides whether for as long again; zero never leaves one out; default 10 s
 */
@Value.Builder
@OptionsStyle
public record SelectorOptions(
        Strategy strategy,
        List<Filter> filters,
        Map<String, SelectOptions> services,
        Duration cacheTtl,
        Duration ejectionTime)
        implements WithSelectorOptions {
    /** go-micro's defaults: random, 1 min. */
    public static final SelectorOptions DEFAULTS =
            new SelectorOptions(Strategy.random(), List.of(), Map.of(), Duration.ofMinutes(1), Duration.ofSeconds(10));

    /** Checks the bounds and copies the collections. */
    public SelectorOptions {
        filters = List.copyOf(filters);
        services = Map.copyOf(services);
        if (cacheTtl.isNegative() || cacheTtl.isZero()) {
            throw new IllegalArgumentException("cacheTtl: " + cacheTtl + " (expected: > 0)");
        }
        if (ejectionTime.isNegative()) {
            throw new IllegalArgumentException("ejectionTime: " + ejectionTime + " (expected: >= 0)");
        }
    }

    /**
     * Finds what is special about a service.
     *
     * @param service its name
     * @return its options, perhaps {@link SelectOptions#DEFAULTS}
     */
    public SelectOptions special(String service) {
        return services.getOrDefault(service, SelectOptions.DEFAULTS);
    }
}
