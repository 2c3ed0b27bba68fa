package dev.vertxmicro.broker.http;

import dev.vertxmicro.broker.http.receiving.ReceiverSettings;
import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.net.Exposure;
import dev.vertxmicro.net.TlsOptions;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * Where the HTTP broker listens, how it registers, sends and takes messages.
 *
 * @param address          {@code host:port} to listen on, with the first subscription; who only publishes has no port. For a
 *                         service, where it is not given, the host of {@code server.address} and any port; default
 *                         {@code :0}
 * @param advertise        {@code host:port} to register instead; empty for the one listened on
 * @param tls              secured connections to us, and whom we believe where we publish; files are in PEM form. For a
 *                         service, where it is not given, that of {@code transport.http}; default plain
 * @param registerTtl      how long the registration of a subscription holds; default 60 s
 * @param registerInterval how often it is renewed, sooner than it runs out; half of that time where only it is given;
 *                         default 30 s
 * @param publishing       how messages are sent
 * @param receiving        what a peer may do to us
 */
@Value.Builder
@OptionsStyle
public record HttpBrokerOptions(
        String address,
        String advertise,
        TlsOptions tls,
        Duration registerTtl,
        Duration registerInterval,
        HttpPublishing publishing,
        HttpReceiving receiving)
        implements WithHttpBrokerOptions {
    /** Any free port, plain, go-micro's renewals. */
    public static final HttpBrokerOptions DEFAULTS = new HttpBrokerOptions(
            ":0",
            "",
            TlsOptions.OFF,
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            HttpPublishing.DEFAULTS,
            HttpReceiving.DEFAULTS);

    /** Checks address and durations. */
    public HttpBrokerOptions {
        HostPort.listening(address);
        if (!advertise.isEmpty()) {
            HostPort.advertised("advertise", advertise);
        }
        HttpReceiving.positive("registerTtl", registerTtl);
        HttpReceiving.positive("registerInterval", registerInterval);
        if (registerInterval.compareTo(registerTtl) >= 0) {
            throw new IllegalArgumentException(
                    "registerInterval: " + registerInterval + " (expected: < registerTtl, " + registerTtl + ")");
        }
    }

    /**
     * Returns a copy that can be reached as a service can, and no more: on the interface that it listens on, at a port of its own,
     * and secured in the same way; plain if the service has no certificate to show.
     *
     * @param service where the service takes calls
     * @return the copy
     */
    public HttpBrokerOptions within(Exposure service) {
        TlsOptions alike = service.tls().certificate().isEmpty() ? service.tls().withEnabled(false) : service.tls();
        return withAddress(Protection.anyPort(service.address()), "").withTls(alike);
    }

    ReceiverSettings ofReceiver() {
        return new ReceiverSettings(
                address,
                tls,
                receiving.idleTimeout(),
                receiving.readTimeout(),
                receiving.maxConnections(),
                receiving.maxMessageBytes(),
                receiving.maxBufferedBytes());
    }

    /**
     * Returns a copy that listens there.
     *
     * @param listening  {@code host:port}
     * @param registered {@code host:port}, empty for the same
     * @return the copy
     */
    public HttpBrokerOptions withAddress(String listening, String registered) {
        return new HttpBrokerOptions(listening, registered, tls, registerTtl, registerInterval, publishing, receiving);
    }

    /**
     * Returns a copy that registers so.
     *
     * @param ttl      how long it holds
     * @param interval how often it is renewed, shorter
     * @return the copy
     */
    public HttpBrokerOptions withHeartbeat(Duration ttl, Duration interval) {
        return new HttpBrokerOptions(address, advertise, tls, ttl, interval, publishing, receiving);
    }
}
