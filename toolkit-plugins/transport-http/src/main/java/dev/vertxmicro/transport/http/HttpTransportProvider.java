package dev.vertxmicro.transport.http;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.spi.TransportProvider;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.function.Function;

/** Provides {@code "type": "http"}. */
public final class HttpTransportProvider implements TransportProvider {
    private static final Map<String, String> POOL_KEYS =
            Map.of("size", "poolSize", "ttl", "poolTtl", "waiting", "poolWaiting");

    /** For the service loader. */
    public HttpTransportProvider() {}

    @Override
    public String type() {
        return "http";
    }

    @Override
    public Function<Vertx, Transport> configure(Section section, Section client) {
        HttpTransportOptions options = read(section, client);
        return vertx -> HttpTransport.create(vertx, options);
    }

    @Override
    public TlsOptions tls(Section section) {
        return TlsOptions.read(section);
    }

    static HttpTransportOptions read(Section section, Section client) {
        HttpPool pool = HttpPool.DEFAULTS;
        HttpLimits limits = HttpLimits.DEFAULTS;
        HttpPool pooled = client.build(POOL_KEYS, () -> pool.withSize(client.integer("poolSize", pool.size()))
                .withTtl(client.duration("poolTtl", pool.ttl()))
                .withWaiting(client.integer("poolWaiting", pool.waiting()))
                .withDialTimeout(client.duration("dialTimeout", pool.dialTimeout())));
        HttpLimits limited =
                section.build(() -> limits.withIdleTimeout(section.duration("idleTimeout", limits.idleTimeout()))
                        .withReadTimeout(section.duration("readTimeout", limits.readTimeout()))
                        .withMaxConnections(section.integer("maxConnections", limits.maxConnections()))
                        .withMaxHeaderBytes(section.integer("maxHeaderBytes", limits.maxHeaderBytes()))
                        .withMaxMessageBytes(section.integer("maxMessageBytes", limits.maxMessageBytes()))
                        .withMaxBufferedBytes(section.wholeNumber("maxBufferedBytes", limits.maxBufferedBytes())));
        HttpKeepAlive alive = HttpKeepAlive.DEFAULTS;
        HttpKeepAlive kept = section.build(() -> alive.withKeepAlive(section.duration("keepAlive", alive.keepAlive()))
                .withKeepAliveTimeout(section.duration("keepAliveTimeout", alive.keepAliveTimeout())));
        return section.build(() -> new HttpTransportOptions(
                pooled,
                limited,
                TlsOptions.read(section),
                kept,
                section.bool("multiplex", HttpTransportOptions.DEFAULTS.multiplex())));
    }
}
