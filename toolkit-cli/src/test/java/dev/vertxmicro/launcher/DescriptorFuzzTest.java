package dev.vertxmicro.launcher;

import dev.vertxmicro.testkit.fuzz.FuzzSuite;
import java.util.List;

/** Descriptors. */
class DescriptorFuzzTest extends FuzzSuite {
    DescriptorFuzzTest() {
        super(List.of(DescriptorTarget.class));
    }
}
