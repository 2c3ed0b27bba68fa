package dev.vertxmicro.broker.http.wire;

import dev.vertxmicro.testkit.fuzz.FuzzSuite;
import java.util.List;

/** Messages of the HTTP broker. */
class BrokerMessageFuzzTest extends FuzzSuite {
    BrokerMessageFuzzTest() {
        super(List.of(BrokerMessageTarget.class));
    }
}
