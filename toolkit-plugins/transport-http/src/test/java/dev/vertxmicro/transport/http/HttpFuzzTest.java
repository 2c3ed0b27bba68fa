package dev.vertxmicro.transport.http;

import dev.vertxmicro.testkit.fuzz.FuzzSuite;
import java.util.List;

/** Heads, bodies and frames. */
class HttpFuzzTest extends FuzzSuite {
    HttpFuzzTest() {
        super(List.of(HeaderTextTarget.class, RequestTarget.class, FrameTarget.class, CallFrameTarget.class));
    }
}
