package dev.vertxmicro.descriptor;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.selector.EjectionOptions;

/** Reads {@code selector.ejection}. */
final class EjectionSection {
    private EjectionSection() {}

    static EjectionOptions from(Section ejection, EjectionOptions defaults) {
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
