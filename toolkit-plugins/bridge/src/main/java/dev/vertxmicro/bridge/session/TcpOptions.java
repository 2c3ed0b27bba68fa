package dev.vertxmicro.bridge.session;

import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.net.TlsOptions;
import org.immutables.value.Value;

/**
 * Where clients come in that speak the frames of vertx-tcp-eventbus-bridge.
 *
 * @param address where to listen, {@code host:port}, port 0 for any free one; empty for nowhere
 * @param tls     how connections are secured
 */
@Value.Builder
@OptionsStyle
public record TcpOptions(String address, TlsOptions tls) implements WithTcpOptions {
    /** Nowhere. */
    public static final TcpOptions OFF = new TcpOptions("", TlsOptions.OFF);

    /** Checks the address, and that TLS has a certificate. */
    public TcpOptions {
        check(address, tls);
    }

    static void check(String address, TlsOptions tls) {
        if (!address.isEmpty()) {
            HostPort.listening(address);
        }
        if (tls.enabled() && tls.certificate().isEmpty()) {
            throw new IllegalArgumentException("tls: no certificate (expected: tls.certificate and tls.key)");
        }
    }

    /**
     * Reads the section {@code $.tcp}.
     *
     * @param section the section
     * @return what it says
     */
    public static TcpOptions from(Section section) {
        return section.build(() -> new TcpOptions(section.string("address", ""), TlsOptions.read(section)));
    }
}
