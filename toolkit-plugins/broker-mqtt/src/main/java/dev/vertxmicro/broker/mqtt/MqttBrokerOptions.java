package dev.vertxmicro.broker.mqtt;

import dev.vertxmicro.broker.mqtt.session.MqttAddress;
import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.net.TlsOptions;
import java.util.List;
import org.immutables.value.Value;

/**
 * Settings of the MQTT broker.
 *
 * @param addresses servers, {@code host:port}, also {@code tcp://} and {@code ssl://}; port 1883, or 8883 if secured, where it is
 *                  missing. Asked in this order, the next one when one cannot be reached
 * @param login     client id, user, session and last will
 * @param tls       secured connections, files are in PEM form; certificate and key are those of this client, if the server
 *                  wants one. An address with {@code ssl://} is secured in any case, one without a prefix where this is
 *                  given
 * @param qos       quality of service of what is published and subscribed to: 0, 1 or 2
 * @param payload   what the messages hold: {@code micro} is headers and body in go-micro's JSON envelope, {@code raw} the
 *                  body alone; headers are left out then, and what comes has none
 * @param reconnect how connections are made, and made again
 * @param limits    what is under way at most
 */
@Value.Builder
@OptionsStyle
public record MqttBrokerOptions(
        List<String> addresses,
        MqttLogin login,
        TlsOptions tls,
        int qos,
        MqttPayload payload,
        MqttReconnect reconnect,
        MqttLimits limits)
        implements WithMqttBrokerOptions {
    /** The server of this host, plain connections, QoS 1, go-micro's envelope. */
    public static final MqttBrokerOptions DEFAULTS = new MqttBrokerOptions(
            List.of("127.0.0.1:1883"),
            MqttLogin.DEFAULTS,
            TlsOptions.OFF,
            1,
            MqttPayload.MICRO,
            MqttReconnect.DEFAULTS,
            MqttLimits.DEFAULTS);

    /** Checks the values. */
    public MqttBrokerOptions {
        addresses = List.copyOf(addresses);
        boolean secured = tls.enabled();
        addresses.forEach(address -> MqttAddress.parse(address, secured));
        Bounds.check(!addresses.isEmpty(), "addresses", "none", "host:port of a server, >= 1");
        Bounds.check(qos >= 0 && qos <= 2, "qos", qos, "0, 1 or 2");
        Bounds.check(
                qos < 2 || limits.inflight() <= MqttLimits.MOST_EXACTLY_ONCE,
                "inflight",
                limits.inflight(),
                "1 to " + MqttLimits.MOST_EXACTLY_ONCE + ", as qos is 2");
    }

    /**
     * Returns a copy with this quality of service; at 2 the default of {@code inflight} is 20.
     *
     * @param value 0, 1 or 2
     * @return the copy
     */
    @Override
    public MqttBrokerOptions withQos(int value) {
        boolean follows = value == 2 && limits.inflight() == MqttLimits.DEFAULTS.inflight();
        MqttLimits suitable = follows ? limits.withInflight(MqttLimits.MOST_EXACTLY_ONCE) : limits;
        return new MqttBrokerOptions(addresses, login, tls, value, payload, reconnect, suitable);
    }
}
