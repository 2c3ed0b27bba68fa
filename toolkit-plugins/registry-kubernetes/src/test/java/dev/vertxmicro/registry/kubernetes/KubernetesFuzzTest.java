package dev.vertxmicro.registry.kubernetes;

import dev.vertxmicro.registry.kubernetes.wire.PodObjectsTarget;
import dev.vertxmicro.testkit.fuzz.FuzzSuite;
import java.util.List;

/** Annotations of pods, pods and EndpointSlices. */
class KubernetesFuzzTest extends FuzzSuite {
    KubernetesFuzzTest() {
        super(List.of(PodObjectsTarget.class));
    }
}
