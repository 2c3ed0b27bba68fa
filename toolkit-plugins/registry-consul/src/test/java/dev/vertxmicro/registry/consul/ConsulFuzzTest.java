package dev.vertxmicro.registry.consul;

import dev.vertxmicro.registry.consul.wire.ServiceTagsTarget;
import dev.vertxmicro.testkit.fuzz.FuzzSuite;
import java.util.List;

/** Metadata in tags. */
class ConsulFuzzTest extends FuzzSuite {
    ConsulFuzzTest() {
        super(List.of(ServiceTagsTarget.class));
    }
}
