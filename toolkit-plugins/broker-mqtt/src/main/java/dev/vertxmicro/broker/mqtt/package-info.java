/**
 * MQTT 3.1.1 as a broker: QoS 0 to 2, kept sessions, queue groups by {@code $share}, and a connection that comes back.
 *
 * <p>go-micro counterpart: {@code broker/mqtt} of go-plugins, whose JSON envelope is the default payload.
 *
 * <pre>{@code
 * MqttBrokerOptions options = MqttBrokerOptions.DEFAULTS.withAddresses(List.of("127.0.0.1:1883"));
 * Broker broker = MqttBroker.create(vertx, options);
 * broker.connect().compose(up -> broker.publish("go.micro.srv.message", message));
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.broker.mqtt;

import org.jspecify.annotations.NullMarked;
