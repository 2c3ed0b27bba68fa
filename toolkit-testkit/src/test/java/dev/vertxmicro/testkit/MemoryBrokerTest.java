package dev.vertxmicro.testkit;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import java.time.Duration;

class MemoryBrokerTest extends BrokerContract {
    private final ManualTimers timers = Timers.manual();

    @Override
    protected Broker broker() {
        return Broker.inMemory(timers);
    }

    @Override
    protected void pass(Duration time) {
        timers.advance(time);
    }
}
