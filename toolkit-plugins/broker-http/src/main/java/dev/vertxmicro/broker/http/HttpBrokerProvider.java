package dev.vertxmicro.broker.http;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.net.Exposure;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.spi.BrokerProvider;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiFunction;

/** Provides {@code "type": "http"}. */
public final class HttpBrokerProvider implements BrokerProvider {

    /** For the service loader. */
    public HttpBrokerProvider() {}

    @Override
    public String type() {
        return HttpBroker.TYPE;
    }

    @Override
    public BiFunction<Vertx, Registry, Broker> configure(Section section) {
        return configure(section, Exposure.OPEN);
    }

    @Override
    public BiFunction<Vertx, Registry, Broker> configure(Section section, Exposure service) {
        HttpBrokerOptions options = read(section, service);
        return (vertx, registry) -> HttpBroker.create(vertx, registry, options, service);
    }

    /** Its own where it says something, plain if it says that. */
    private static TlsOptions tls(Section section, TlsOptions otherwise) {
        TlsOptions own = TlsOptions.read(section);
        boolean secured = section.section("tls").bool("enabled", true);
        return own.enabled() ? own.withEnabled(secured) : otherwise;
    }

    static HttpBrokerOptions read(Section section) {
        return read(section, Exposure.OPEN);
    }

    static HttpBrokerOptions read(Section section, Exposure service) {
        HttpBrokerOptions defaults = HttpBrokerOptions.DEFAULTS.within(service);
        HttpPublishing sent = defaults.publishing();
        HttpReceiving taken = defaults.receiving();
        TlsOptions tls = tls(section, defaults.tls());
        Duration ttl = section.duration("registerTtl", defaults.registerTtl());
        Duration usual = ttl.equals(defaults.registerTtl()) ? defaults.registerInterval() : ttl.dividedBy(2);
        return section.build(Map.of("timeout", "publishTimeout"), () -> defaults.withAddress(
                        section.string("address", defaults.address()),
                        section.string("advertise", defaults.advertise()))
                .withTls(tls)
                .withHeartbeat(ttl, section.duration("registerInterval", usual))
                .withPublishing(sent.withTimeout(section.duration("publishTimeout", sent.timeout()))
                        .withMandatory(section.bool("mandatory", sent.mandatory()))
                        .withOutbox(
                                section.integer("outboxMessages", sent.outboxMessages()),
                                section.duration("outboxTime", sent.outboxTime()))
                        .withPending(
                                section.integer("pendingMessages", sent.pendingMessages()),
                                section.integer("pendingBytes", sent.pendingBytes())))
                .withReceiving(taken.withTimeouts(
                                section.duration("idleTimeout", taken.idleTimeout()),
                                section.duration("readTimeout", taken.readTimeout()))
                        .withMaxConnections(section.integer("maxConnections", taken.maxConnections()))
                        .withMaxMessageBytes(section.integer("maxMessageBytes", taken.maxMessageBytes()))
                        .withMaxBufferedBytes(section.wholeNumber("maxBufferedBytes", taken.maxBufferedBytes()))));
    }
}
