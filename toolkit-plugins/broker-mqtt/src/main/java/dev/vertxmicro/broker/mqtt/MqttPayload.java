package dev.vertxmicro.broker.mqtt;

/** What the payload of an MQTT message holds. */
public enum MqttPayload {
    /** Headers and body in go-micro's JSON envelope. */
    MICRO,
    /** The body alone; headers are left out. For MQTT clients that know nothing of go-micro. */
    RAW
}
