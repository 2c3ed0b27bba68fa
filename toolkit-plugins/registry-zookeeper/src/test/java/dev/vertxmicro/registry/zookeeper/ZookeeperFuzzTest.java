package dev.vertxmicro.registry.zookeeper;

import dev.vertxmicro.registry.zookeeper.wire.ZnodeValueTarget;
import dev.vertxmicro.testkit.fuzz.FuzzSuite;
import java.util.List;

/** Values of others. */
class ZookeeperFuzzTest extends FuzzSuite {
    ZookeeperFuzzTest() {
        super(List.of(ZnodeValueTarget.class));
    }
}
