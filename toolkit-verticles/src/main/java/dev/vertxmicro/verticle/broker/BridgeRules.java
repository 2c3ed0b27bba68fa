package dev.vertxmicro.verticle.broker;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.BrokerTraits;
import dev.vertxmicro.broker.PublishedWhen;
import dev.vertxmicro.config.ConfigException;
import dev.vertxmicro.descriptor.BridgeOptions;
import dev.vertxmicro.descriptor.BridgeOptions.ToBroker;
import dev.vertxmicro.descriptor.BridgeOptions.ToBus;
import java.util.List;

/** What a broker can bridge, and what of it several BrokerVerticles would do twice. */
final class BridgeRules {
    private BridgeRules() {}

    /**
     * Refuses what a broker cannot do.
     *
     * @throws ConfigException with the path of the bridge
     */
    static void check(Broker broker, List<BridgeOptions> bridges) {
        BrokerTraits traits = broker.traits();
        for (int i = 0; i < bridges.size(); i++) {
            if (bridges.get(i) instanceof ToBroker bridge && TopicPattern.isOne(bridge.topic()) && traits.wildcards()) {
                throw refused(i, bridge.topic(), "a topic: nobody publishes to a pattern");
            }
            if (bridges.get(i) instanceof ToBus bridge) {
                if (TopicPattern.isOne(bridge.topic()) && !traits.wildcards()) {
                    throw refused(i, bridge.topic(), "a topic: the broker " + broker.type() + " knows no patterns");
                }
                if (!traits.headers()) {
                    checkOneWay(i, bridge, bridges, broker.type());
                }
            }
        }
    }

    private static void checkOneWay(int index, ToBus bridge, List<BridgeOptions> all, String type) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) instanceof ToBroker back && TopicPattern.covers(bridge.topic(), back.topic())) {
                throw refused(
                        index,
                        bridge.topic(),
                        "a topic that $.bridges[" + i + "] does not publish to: without headers, as the broker " + type
                                + " is set, what comes back cannot be told from what is new");
            }
        }
    }

    private static ConfigException refused(int index, String topic, String expected) {
        return new ConfigException("$.bridges[" + index + "].topic", "\"" + topic + "\" (expected: " + expected + ")");
    }

    /** Tells whether messages never leave the process, so that one BrokerVerticle must do everything. */
    static boolean staysInProcess(Broker broker) {
        return broker.traits().publishedWhen() == PublishedWhen.BUFFERED;
    }

    /** Names what is behind a broker: a server by its address, else all that find each other. */
    static String backend(Broker broker) {
        return broker.traits().publishedWhen() == PublishedWhen.STORED
                ? broker.type() + " " + broker.address()
                : broker.type();
    }
}
