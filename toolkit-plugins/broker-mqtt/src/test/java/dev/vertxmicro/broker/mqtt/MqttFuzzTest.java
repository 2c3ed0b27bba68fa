package dev.vertxmicro.broker.mqtt;

import dev.vertxmicro.testkit.fuzz.FuzzSuite;
import java.util.List;

/** What comes from an MQTT server. */
class MqttFuzzTest extends FuzzSuite {
    MqttFuzzTest() {
        super(List.of(MqttEnvelopeTarget.class));
    }
}
