package dev.vertxmicro.descriptor;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.selector.EjectionOptions;
import java.time.Duration;
import java.util.Optional;

/** Reads {@code ejection}, of all services or of one. */
final class EjectionSection {
    private static final String KEY = "ejection";
    /** What go-plugins calls a blacklist: three failures in a row, half a minute, as many nodes as there are. */
    private static final EjectionOptions BLACKLIST = EjectionOptions.DEFAULTS
            .withFailures(3)
            .withBaseTime(Duration.ofSeconds(30))
            .withMaxTime(Duration.ofSeconds(30))
            .withMaxPercent(100)
            .withSlowStart(Duration.ZERO);

    private EjectionSection() {}

    /** Reads that of all services. */
    static EjectionOptions from(Section selector, SelectorType type) {
        return from(selector, type, EjectionOptions.DEFAULTS);
    }

    /** Reads that of one service, where it has its own; what it does not say is as for all. */
    static Optional<EjectionOptions> ofService(Section service, SelectorType type, EjectionOptions usual) {
        return type == SelectorType.BLACKLIST || service.has(KEY)
                ? Optional.of(from(service, type, usual))
                : Optional.empty();
    }

    private static EjectionOptions from(Section section, SelectorType type, EjectionOptions usual) {
        return from(section.section(KEY), type == SelectorType.BLACKLIST ? BLACKLIST : usual);
    }

    private static EjectionOptions from(Section ejection, EjectionOptions defaults) {
        return ejection.build(() -> new EjectionOptions(
                ejection.duration("baseTime", defaults.baseTime()),
                ejection.duration("maxTime", defaults.maxTime()),
                ejection.integer("failures", defaults.failures()),
                ejection.integer("timeouts", defaults.timeouts()),
                ejection.integer("stalledCalls", defaults.stalledCalls()),
                ejection.duration("stalledTime", defaults.stalledTime()),
                ejection.integer("maxPercent", defaults.maxPercent()),
                ejection.duration("slowStart", defaults.slowStart())));
    }
}
