package dev.vertxmicro.testkit.fuzz;

import java.util.List;

/** The decoders of toolkit-core. */
class CoreFuzzTest extends FuzzSuite {
    CoreFuzzTest() {
        super(List.of(
                ProtobufTarget.class,
                JsonTarget.class,
                EnvelopeTarget.ProtoRpc.class,
                EnvelopeTarget.JsonRpc.class,
                ErrorTarget.class,
                MetadataTarget.class,
                PackedJsonTarget.class,
                ServiceJsonTarget.class,
                DurationTarget.class));
    }
}
