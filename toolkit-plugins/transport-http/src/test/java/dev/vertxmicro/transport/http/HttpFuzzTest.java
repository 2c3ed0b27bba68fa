package dev.vertxmicro.transport.http;

import dev.vertxmicro.testkit.fuzz.FuzzSuite;
import dev.vertxmicro.transport.http.frames.FrameTarget;
import dev.vertxmicro.transport.http.multiplex.CallFrameTarget;
import dev.vertxmicro.transport.http.wire.HeaderTextTarget;
import java.util.List;

/** Heads, bodies and frames. */
class HttpFuzzTest extends FuzzSuite {
    HttpFuzzTest() {
        super(List.of(HeaderTextTarget.class, RequestTarget.class, FrameTarget.class, CallFrameTarget.class));
    }
}
