package dev.vertxmicro.registry.nats;

import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import java.util.List;

/** The same outages of the server that keeps a bucket. */
@Requires(Requirement.NATS)
class NatsKvOutageTest extends NatsOutageTest {

    @Override
    protected Registry registry() {
        return NatsRegistry.inBucket(
                ownVertx(),
                NatsKvOptions.DEFAULTS
                        .withAddresses(List.of(server().address()))
                        .withGrace(GRACE));
    }
}
