package dev.vertxmicro.broker.mqtt.session;

import io.vertx.mqtt.MqttClientOptions;
import java.time.Duration;
import java.util.Optional;

/**
 * As what one connection comes to the server.
 *
 * @param clientId by which the server knows it
 * @param client   all that the CONNECT packet says
 * @param expiry   how long a session of MQTT 5 lasts without its connection; empty for one of MQTT 3.1.1
 */
public record ClientSettings(String clientId, MqttClientOptions client, Optional<Duration> expiry) {}
