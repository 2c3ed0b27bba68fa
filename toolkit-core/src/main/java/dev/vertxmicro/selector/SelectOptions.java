package dev.vertxmicro.selector;

import dev.vertxmicro.config.OptionsStyle;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * What is special about the choice of a node, for one call or for one service: go-micro's {@code selector.SelectOptions}.
 *
 * @param filters  leave some nodes of the service out
 * @param strategy how to choose among the others, instead of the selector's
 * @param ejection when a node that fails is left out, instead of what the selector has for it; of a service, of no effect for a call
 */
@Value.Builder
@OptionsStyle
public record SelectOptions(List<Filter> filters, Optional<Strategy> strategy, Optional<EjectionOptions> ejection)
        implements WithSelectOptions {
    /** Nothing special. */
    public static final SelectOptions DEFAULTS = new SelectOptions(List.of(), Optional.empty(), Optional.empty());

    /** Copies the list. */
    public SelectOptions {
        filters = List.copyOf(filters);
    }
}
