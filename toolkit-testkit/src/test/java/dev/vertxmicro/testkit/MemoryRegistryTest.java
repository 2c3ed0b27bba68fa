package dev.vertxmicro.testkit;

import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import java.time.Duration;

class MemoryRegistryTest extends RegistryContract {
    private final ManualTimers timers = Timers.manual();

    @Override
    protected Registry registry() {
        return Registry.inMemory(timers);
    }

    @Override
    protected void pass(Duration time) {
        timers.advance(time);
    }
}
