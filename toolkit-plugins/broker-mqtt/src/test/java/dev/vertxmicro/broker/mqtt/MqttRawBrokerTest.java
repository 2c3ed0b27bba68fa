package dev.vertxmicro.broker.mqtt;

/** The contract with bare payloads. */
class MqttRawBrokerTest extends MqttBrokerTest {

    @Override
    MqttBrokerOptions options() {
        return super.options().withPayload(MqttPayload.RAW);
    }
}
