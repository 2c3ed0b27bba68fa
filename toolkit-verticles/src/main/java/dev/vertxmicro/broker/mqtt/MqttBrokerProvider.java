package dev.vertxmicro.broker.mqtt;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.spi.BrokerProvider;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Provides {@code "type": "mqtt"}. */
public final class MqttBrokerProvider implements BrokerProvider {

    /** For the service loader. */
    public MqttBrokerProvider() {}

    @Override
    public String type() {
        return MqttBroker.TYPE;
    }

    @Override
    public BiFunction<Vertx, Registry, Broker> configure(Section section) {
        MqttBrokerOptions options = read(section);
        return (vertx, registry) -> MqttBroker.create(vertx, options);
    }

    static MqttBrokerOptions read(Section section) {
        MqttBrokerOptions defaults = MqttBrokerOptions.DEFAULTS;
        TlsOptions tls = TlsOptions.read(section);
        Optional<MqttWill> will = will(section);
        List<String> addresses = section.list("address", defaults.addresses());
        int qos = section.integer("qos", defaults.qos());
        MqttPayload payload = section.choice(
                "payload", defaults.payload(), Map.of("micro", MqttPayload.MICRO, "raw", MqttPayload.RAW));
        return section.build(
                Map.of("addresses", "address"),
                () -> new MqttBrokerOptions(
                        addresses, login(section, will), tls, qos, payload, reconnect(section), limits(section)));
    }

    private static Optional<MqttWill> will(Section parent) {
        boolean wanted = parent.has("will");
        Section will = parent.section("will");
        String topic = will.string("topic", "");
        String payload = will.string("payload", "");
        int qos = will.integer("qos", 1);
        boolean retain = will.bool("retain", false);
        return wanted ? Optional.of(will.build(() -> new MqttWill(topic, payload, qos, retain))) : Optional.empty();
    }

    private static MqttLogin login(Section section, Optional<MqttWill> will) {
        MqttLogin defaults = MqttLogin.DEFAULTS;
        return new MqttLogin(
                section.string("clientId", defaults.clientId()),
                section.string("username", defaults.username()),
                section.secret("password"),
                section.bool("cleanSession", defaults.cleanSession()),
                section.duration("keepAlive", defaults.keepAlive()),
                will);
    }

    private static MqttReconnect reconnect(Section section) {
        MqttReconnect defaults = MqttReconnect.DEFAULTS;
        return new MqttReconnect(
                section.bool("required", defaults.required()),
                section.duration("connectTimeout", defaults.connectTimeout()),
                section.duration("reconnectMin", defaults.min()),
                section.duration("reconnectMax", defaults.max()));
    }

    private static MqttLimits limits(Section section) {
        MqttLimits defaults = MqttLimits.DEFAULTS;
        return new MqttLimits(
                section.integer("inflight", defaults.inflight()),
                section.integer("pendingMessages", defaults.pendingMessages()),
                section.integer("pendingBytes", defaults.pendingBytes()),
                section.duration("publishTimeout", defaults.publishTimeout()),
                section.integer("maxMessageBytes", defaults.maxMessageBytes()));
    }
}
