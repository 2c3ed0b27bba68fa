package dev.vertxmicro.registry.dnssd;

import dev.vertxmicro.testkit.fuzz.FuzzSuite;
import java.util.List;

/** Metadata in records. */
class DnsSdFuzzTest extends FuzzSuite {
    DnsSdFuzzTest() {
        super(List.of(TxtRecordTarget.class));
    }
}
