package dev.vertxmicro.broker.mqtt;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.mqtt.naming.ClientIdTemplate;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.net.Exposure;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.spi.BrokerProvider;
import dev.vertxmicro.spi.ServiceIdentity;
import io.vertx.core.Vertx;
import java.time.Duration;
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
        return maker(read(section));
    }

    @Override
    public BiFunction<Vertx, Registry, Broker> configure(Section section, Exposure service, ServiceIdentity who) {
        return maker(read(section, who));
    }

    private static BiFunction<Vertx, Registry, Broker> maker(MqttBrokerOptions options) {
        return (vertx, registry) -> MqttBroker.create(vertx, options);
    }

    static MqttBrokerOptions read(Section section) {
        return read(section, new ServiceIdentity("service", "id", true));
    }

    static MqttBrokerOptions read(Section section, ServiceIdentity who) {
        MqttBrokerOptions defaults = MqttBrokerOptions.DEFAULTS;
        TlsOptions tls = TlsOptions.read(section);
        Optional<MqttWill> will = will(section, who);
        List<String> addresses = section.list("address", defaults.addresses());
        int qos = section.integer("qos", defaults.qos());
        MqttPayload payload = section.choice(
                "payload", defaults.payload(), Map.of("micro", MqttPayload.MICRO, "raw", MqttPayload.RAW));
        return section.build(
                Map.of("addresses", "address", "min", "reconnectMin", "max", "reconnectMax"),
                () -> new MqttBrokerOptions(
                        addresses,
                        login(section, will, who),
                        tls,
                        qos,
                        payload,
                        reconnect(section),
                        limits(
                                section,
                                defaults.withQos(Math.max(0, Math.min(2, qos))).limits())));
    }

    private static Optional<MqttWill> will(Section parent, ServiceIdentity who) {
        boolean wanted = parent.has("will");
        Section will = parent.section("will");
        String topic = ClientIdTemplate.fill(will.string("topic", ""), who);
        String payload = will.string("payload", "");
        int qos = will.integer("qos", 1);
        boolean retain = will.bool("retain", false);
        return wanted ? Optional.of(will.build(() -> new MqttWill(topic, payload, qos, retain))) : Optional.empty();
    }

    private static MqttLogin login(Section section, Optional<MqttWill> will, ServiceIdentity who) {
        MqttLogin defaults = MqttLogin.DEFAULTS;
        String template = section.string("clientId", defaults.clientId());
        return new MqttLogin(
                ClientIdTemplate.fill(template, who),
                section.string("username", defaults.username()),
                section.secret("password"),
                sessions(section, template, who),
                section.duration("sessionExpiry", defaults.sessionExpiry()),
                section.duration("keepAlive", defaults.keepAlive()),
                will);
    }

    /** A session can be kept for those only who come back under the same id. */
    private static MqttSessions sessions(Section section, String template, ServiceIdentity who) {
        boolean lasting = ClientIdTemplate.isLasting(template, who);
        if (!section.has("cleanSession")) {
            section.bool("cleanSession", true);
            if (section.has("sessionExpiry") && !lasting) {
                throw new IllegalArgumentException("sessionExpiry: given, but the clientId is "
                        + (template.isBlank() ? "empty" : template + " without a server.id")
                        + " (expected: one that is the same after a restart)");
            }
            return lasting || template.isBlank() ? MqttSessions.QUEUES : MqttSessions.NONE;
        }
        boolean clean = section.bool("cleanSession", true);
        if (section.has("sessionExpiry")) {
            throw new IllegalArgumentException("sessionExpiry: given, but cleanSession is " + clean
                    + " (expected: no cleanSession, with which the sessions of queues expire)");
        }
        if (!clean && !template.isBlank() && !lasting) {
            throw new IllegalArgumentException(
                    "clientId: \"" + template
                            + "\" without a server.id (expected: an id that is the same after a restart, as cleanSession is false)");
        }
        return clean ? MqttSessions.NONE : MqttSessions.ALL;
    }

    private static MqttReconnect reconnect(Section section) {
        MqttReconnect defaults = MqttReconnect.DEFAULTS;
        Duration min = section.duration("reconnectMin", defaults.min());
        Duration max = min.compareTo(defaults.max()) > 0 ? min : defaults.max();
        return new MqttReconnect(
                section.bool("required", defaults.required()),
                section.duration("connectTimeout", defaults.connectTimeout()),
                min,
                section.duration("reconnectMax", max));
    }

    private static MqttLimits limits(Section section, MqttLimits defaults) {
        return new MqttLimits(
                section.integer("inflight", defaults.inflight()),
                section.integer("pendingMessages", defaults.pendingMessages()),
                section.integer("pendingBytes", defaults.pendingBytes()),
                section.duration("publishTimeout", defaults.publishTimeout()),
                section.integer("maxMessageBytes", defaults.maxMessageBytes()));
    }
}
