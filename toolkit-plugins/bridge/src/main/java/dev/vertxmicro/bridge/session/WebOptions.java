package dev.vertxmicro.bridge.session;

import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.net.TlsOptions;
import java.util.List;
import java.util.regex.Pattern;
import org.immutables.value.Value;

/**
 * Where clients come in that speak SockJS, or its frames over a WebSocket at {@code <path>/websocket}.
 *
 * @param address where to listen, {@code host:port}, port 0 for any free one; empty for nowhere
 * @param path    under which path of HTTP
 * @param origins pages whose scripts are let in, such as {@code https://example.com:8443}; what sends no header {@code Origin} is no
 *                browser, and is let in
 * @param tls     how connections are secured
 */
@Value.Builder
@OptionsStyle
public record WebOptions(String address, String path, List<String> origins, TlsOptions tls) implements WithWebOptions {
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+");
    private static final Pattern ORIGIN = Pattern.compile("https?://[^/\\s?#@*]+");

    /** Nowhere, else at {@code /eventbus}, for no page. */
    public static final WebOptions OFF = new WebOptions("", "/eventbus", List.of(), TlsOptions.OFF);

    /** Checks address, path and origins, and that TLS has a certificate. */
    public WebOptions {
        origins = List.copyOf(origins);
        TcpOptions.check(address, tls);
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("path: \"" + path + "\" (expected: such as /eventbus)");
        }
        for (String origin : origins) {
            if (!ORIGIN.matcher(origin).matches()) {
                throw new IllegalArgumentException("origins: \"" + origin
                        + "\" (expected: scheme, host and port, such as https://example.com:8443)");
            }
        }
    }

    /**
     * Reads the section {@code $.web}.
     *
     * @param section the section
     * @return what it says
     */
    public static WebOptions from(Section section) {
        return section.build(() -> new WebOptions(
                section.string("address", ""),
                section.string("path", OFF.path()),
                section.strings("origins"),
                TlsOptions.read(section)));
    }
}
