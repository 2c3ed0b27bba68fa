package dev.vertxmicro.registry.mdns;

import dev.vertxmicro.registry.mdns.peer.PacketTarget;
import dev.vertxmicro.registry.mdns.wire.TxtTarget;
import dev.vertxmicro.testkit.fuzz.FuzzSuite;
import java.util.List;

/** Packets, and the metadata in them. */
class MdnsFuzzTest extends FuzzSuite {
    MdnsFuzzTest() {
        super(List.of(PacketTarget.class, TxtTarget.class));
    }
}
