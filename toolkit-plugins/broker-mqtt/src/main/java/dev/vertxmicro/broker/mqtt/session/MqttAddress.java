package dev.vertxmicro.broker.mqtt.session;

import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.config.Secret;
import java.util.Locale;

/**
 * Where a server listens.
 *
 * @param host name or literal address, without brackets
 * @param port 1 to 65535
 * @param tls  whether the address itself asks for a secured connection
 */
public record MqttAddress(String host, int port, boolean tls) {
    private static final int PORT = 1883;
    private static final int TLS_PORT = 8883;
    private static final String EXPECTED = " (expected: host, host:port, tcp://host:port or ssl://host:port)";

    /**
     * Reads {@code host:port} or {@code host}, perhaps after {@code tcp://}, {@code mqtt://}, {@code ssl://}, {@code tls://} or
     * {@code mqtts://}.
     *
     * @param text the address
     * @param tls  whether connections without such a prefix are secured, which is what their port is by default
     * @return it
     * @throws IllegalArgumentException if it is none
     */
    public static MqttAddress parse(String text, boolean tls) {
        String trimmed = text.trim();
        int slashes = trimmed.indexOf("://");
        String scheme = slashes < 0 ? "" : trimmed.substring(0, slashes).toLowerCase(Locale.ROOT);
        boolean secured =
                switch (scheme) {
                    case "" -> tls;
                    case "tcp", "mqtt" -> false;
                    case "ssl", "tls", "mqtts" -> true;
                    default ->
                        throw new IllegalArgumentException("address: \"" + Secret.masked(text) + "\"" + EXPECTED);
                };
        if (trimmed.indexOf('@') >= 0) {
            throw new IllegalArgumentException(
                    "address: \"" + Secret.masked(text) + "\" (expected: user and password as username and password)");
        }
        String rest = slashes < 0 ? trimmed : trimmed.substring(slashes + 3);
        return HostPort.parse(rest, secured ? TLS_PORT : PORT)
                .map(at -> new MqttAddress(at.host(), at.port(), secured))
                .orElseThrow(() -> new IllegalArgumentException("address: \"" + Secret.masked(text) + "\"" + EXPECTED));
    }

    @Override
    public String toString() {
        return new HostPort(host, port).text();
    }
}
