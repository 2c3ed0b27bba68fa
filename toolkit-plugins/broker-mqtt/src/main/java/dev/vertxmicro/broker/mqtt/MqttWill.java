package dev.vertxmicro.broker.mqtt;

import dev.vertxmicro.broker.mqtt.naming.TopicNames;

/**
 * What the server publishes when a process is gone without a word: MQTT's last will.
 *
 * @param topic   where to, a topic without wildcards. In a descriptor {@code {service}}, {@code {id}} and {@code {host}} are
 *                filled in
 * @param payload text; it is sent as it is, without an envelope
 * @param qos     its quality of service: 0, 1 or 2
 * @param retain  whether the server keeps it for those who subscribe later
 */
public record MqttWill(String topic, String payload, int qos, boolean retain) {

    /** Checks the values. */
    public MqttWill {
        TopicNames.requireName(topic);
        Bounds.check(qos >= 0 && qos <= 2, "qos", qos, "0, 1 or 2");
    }
}
