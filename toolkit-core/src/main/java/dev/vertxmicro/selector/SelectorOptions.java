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
 * @param ejection     when a node that fails is left out, and when it is chosen again
 */
@Value.Builder
@OptionsStyle
public record SelectorOptions(
        Strategy strategy,
        List<Filter> filters,
        Map<String, SelectOptions> services,
        Duration cacheTtl,
        EjectionOptions ejection)
        implements WithSelectorOptions {
    /** go-micro's defaults: random, 1 min. */
    public static final SelectorOptions DEFAULTS = new SelectorOptions(
            Strategy.random(), List.of(), Map.of(), Duration.ofMinutes(1), EjectionOptions.DEFAULTS);

    /** Checks the bounds and copies the collections. */
    public SelectorOptions {
        filters = List.copyOf(filters);
        services = Map.copyOf(services);
        if (cacheTtl.isNegative() || cacheTtl.isZero()) {
            throw new IllegalArgumentException("cacheTtl: " + cacheTtl + " (expected: > 0)");
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
