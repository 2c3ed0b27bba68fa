package dev.vertxmicro.testkit;

import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Transport;

class MemoryTransportTest extends TransportContract {

    @Override
    protected Transport transport() {
        return Transport.inMemory(Timers.manual());
    }
}
