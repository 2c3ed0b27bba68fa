package dev.vertxmicro.descriptor;

import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.config.ConfigException;
import dev.vertxmicro.config.Durations;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One bridge of a {@code BrokerVerticle}, between topics of its broker and an address of the event bus. */
public sealed interface BridgeOptions {
    /** Keys of a bridge to the bus that mean something only where messages are acknowledged. */
    List<String> WITH_ACK = List.of("timeout", "maxAttempts", "redeliveryDelay", "maxRedeliveryDelay", "deadLetter");

    /**
     * Names what is bridged; bridges of the same name do the same, of which one must do it.
     *
     * @return source and target
     */
    String name();

    /**
     * Delivers the messages of a topic on the event bus.
     *
     * @param topic        the topic, or a pattern of the broker's
     * @param address      where to deliver; empty for {@code micro.topic/<topic>}
     * @param ack          true sends each message to one consumer, whose reply acknowledges it; false publishes it to all
     * @param timeout      how long a reply may take; &gt; 0
     * @param contentType  type of messages that name none; empty for none
     * @param subscription queue, attempts, pauses, dead letters, buffer
     */
    record ToBus(
            String topic,
            Optional<String> address,
            boolean ack,
            Duration timeout,
            String contentType,
            SubscribeOptions subscription)
            implements BridgeOptions {
        /**
         * Ten attempts within half a minute: enough for a consumer that is deployed anew. What limits a reply is the bridge's own
         * timeout.
         */
        public static final SubscribeOptions SUBSCRIPTION =
                SubscribeOptions.DEFAULTS.withMaxAttempts(10).withHandlerTimeout(Duration.ZERO);

        /** Checks the values. */
        public ToBus {
            subscription.requireTopic(topic);
            require(address.filter(String::isBlank).isEmpty(), "address", "empty", "an address of the event bus");
            require(!timeout.isNegative() && timeout.toMillis() > 0, "timeout", timeout, ">= 1ms");
        }

        /**
         * Makes a bridge that publishes at {@code micro.topic/<topic>}.
         *
         * @param topic the topic or pattern
         * @return the bridge
         */
        public static ToBus of(String topic) {
            return new ToBus(topic, Optional.empty(), false, Duration.ofSeconds(30), "", SUBSCRIPTION);
        }

        /**
         * Gives where a message is delivered.
         *
         * @param published the topic it was published to
         * @return the address
         */
        public String target(String published) {
            return address.orElseGet(() -> BusProtocol.topic(published));
        }

        @Override
        public String name() {
            return "topic " + topic + " to " + address.orElse(BusProtocol.topic(""))
                    + subscription.queue().map(queue -> " of queue " + queue).orElse("");
        }
    }

    /**
     * Publishes the messages of an address to a topic.
     *
     * @param address the address of the event bus
     * @param topic   where to publish
     */
    record ToBroker(String address, String topic) implements BridgeOptions {
        /** Checks the values. */
        public ToBroker {
            require(!address.isBlank(), "address", "empty", "an address of the event bus");
            SubscribeOptions.DEFAULTS.requireTopic(topic);
        }

        @Override
        public String name() {
            return "address " + address + " to " + topic;
        }
    }

    private static void require(boolean good, String name, Object value, String expected) {
        if (!good) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }

    /**
     * Reads the bridges of a descriptor.
     *
     * @param sections the elements of {@code $.bridges}
     * @return the bridges
     * @throws ConfigException for a bad value, or for two bridges that do the same
     */
    static List<BridgeOptions> from(List<Section> sections) {
        List<BridgeOptions> bridges = new ArrayList<>();
        for (Section section : sections) {
            BridgeOptions bridge = section.build(() -> from(section));
            section.end();
            if (bridges.stream().map(BridgeOptions::name).anyMatch(bridge.name()::equals)) {
                throw new ConfigException(section.path(), bridge.name() + " (expected: once)");
            }
            bridges.add(bridge);
        }
        return List.copyOf(bridges);
    }

    private static BridgeOptions from(Section section) {
        if (!section.has("to")) {
            throw new ConfigException(section.path() + ".to", "absent (expected: bus | broker)");
        }
        boolean toBus = section.choice("to", true, Map.of("bus", true, "broker", false));
        String topic = section.string("topic", "");
        String address = section.string("address", "");
        if (!toBus) {
            return new ToBroker(address, topic);
        }
        ToBus defaults = ToBus.of(topic);
        boolean ack = section.bool("ack", defaults.ack());
        WITH_ACK.stream().filter(key -> !ack && section.has(key)).findFirst().ifPresent(key -> {
            throw new ConfigException(
                    section.path() + "." + key,
                    "given, but \"ack\" is false (expected: \"ack\": true beside it, as without it a message is done when it"
                            + " is sent)");
        });
        return new ToBus(
                topic,
                Optional.of(address).filter(given -> !given.isEmpty()),
                ack,
                section.duration("timeout", defaults.timeout()),
                section.string("contentType", defaults.contentType()),
                subscription(section));
    }

    private static SubscribeOptions subscription(Section section) {
        SubscribeOptions defaults = ToBus.SUBSCRIPTION;
        Duration delay = section.duration("redeliveryDelay", defaults.redeliveryDelay());
        return new SubscribeOptions(
                Optional.of(section.string("queue", "")).filter(queue -> !queue.isEmpty()),
                true,
                section.integer("maxAttempts", defaults.maxAttempts()),
                delay,
                section.duration("maxRedeliveryDelay", Durations.longer(defaults.maxRedeliveryDelay(), delay)),
                Optional.of(section.string("deadLetter", "")).filter(topic -> !topic.isEmpty()),
                section.integer("bufferMessages", defaults.bufferMessages()),
                defaults.handlerTimeout());
    }
}
