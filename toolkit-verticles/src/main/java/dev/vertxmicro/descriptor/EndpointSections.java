package dev.vertxmicro.descriptor;

import dev.vertxmicro.client.EndpointOptions;
import dev.vertxmicro.client.HedgeOptions;
import dev.vertxmicro.config.ConfigException;
import dev.vertxmicro.config.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads {@code client.endpoints} and {@code client.hedge}. */
public final class EndpointSections {
    private EndpointSections() {}

    /**
     * Reads what is special about endpoints.
     *
     * @param sections one for each pattern
     * @return the options in their order
     * @throws dev.vertxmicro.config.ConfigException if a value is wrong
     */
    public static List<EndpointOptions> from(List<Section> sections) {
        Set<String> patterns = new HashSet<>();
        List<EndpointOptions> all = new ArrayList<>();
        for (Section section : sections) {
            EndpointOptions options = endpoint(section);
            if (!patterns.add(options.pattern())) {
                throw new ConfigException(
                        section.path() + ".pattern", "\"" + options.pattern() + "\" (expected: once)");
            }
            all.add(options);
        }
        return List.copyOf(all);
    }

    private static EndpointOptions endpoint(Section section) {
        EndpointOptions options = section.build(() -> {
            Duration timeout = section.duration("requestTimeout", Duration.ofSeconds(5));
            int retries = section.integer("retries", 1);
            boolean idempotent = section.bool("idempotent", false);
            return new EndpointOptions(
                    section.string("pattern", "*"),
                    section.has("requestTimeout") ? Optional.of(timeout) : Optional.empty(),
                    section.has("retries") ? OptionalInt.of(retries) : OptionalInt.empty(),
                    section.has("idempotent") ? Optional.of(idempotent) : Optional.empty(),
                    hedge(section));
        });
        section.end();
        return options;
    }

    /** Hedging is on where the section stands, be it empty. */
    static Optional<HedgeOptions> hedge(Section parent) {
        Section hedge = parent.section("hedge");
        HedgeOptions defaults = HedgeOptions.DEFAULTS;
        HedgeOptions options = hedge.build(() -> new HedgeOptions(
                hedge.duration("delay", defaults.delay()),
                hedge.integer("percentile", defaults.percentile()),
                hedge.integer("extra", defaults.extra())));
        return parent.has("hedge") ? Optional.of(options) : Optional.empty();
    }
}
