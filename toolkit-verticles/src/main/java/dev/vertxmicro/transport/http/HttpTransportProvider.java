package dev.vertxmicro.transport.http;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.spi.TransportProvider;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Vertx;
import java.util.function.Function;

/** Provides {@code "type": "http"}. */
public final class HttpTransportProvider implements TransportProvider {

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

    static HttpTransportOptions read(Section section, Section client) {
        HttpTransportOptions defaults = HttpTransportOptions.DEFAULTS;
        HttpTransportOptions pooled =
                client.build(() -> defaults.withPoolSize(client.integer("poolSize", defaults.poolSize()))
                        .withPoolTtl(client.duration("poolTtl", defaults.poolTtl()))
                        .withPoolWaiting(client.integer("poolWaiting", defaults.poolWaiting()))
                        .withDialTimeout(client.duration("dialTimeout", defaults.dialTimeout())));
        return section.build(() -> pooled.withIdleTimeout(section.duration("idleTimeout", defaults.idleTimeout()))
                .withMaxHeaderBytes(section.integer("maxHeaderBytes", defaults.maxHeaderBytes()))
                .withMaxMessageBytes(section.integer("maxMessageBytes", defaults.maxMessageBytes())));
    }
}
