package dev.vertxmicro.registry.nats;

import dev.vertxmicro.registry.nats.bucket.BucketEntryJsonTarget;
import dev.vertxmicro.registry.nats.survey.SurveyJsonTarget;
import dev.vertxmicro.testkit.fuzz.FuzzSuite;
import java.util.List;

/** What others publish and keep. */
class NatsFuzzTest extends FuzzSuite {
    NatsFuzzTest() {
        super(List.of(SurveyJsonTarget.class, BucketEntryJsonTarget.class));
    }
}
