package dev.vertxmicro.verticle;

import dev.vertxmicro.config.ConfigException;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.descriptor.ServiceDescriptor;
import dev.vertxmicro.eventbus.broker.EventBusBroker;
import dev.vertxmicro.eventbus.registry.EventBusRegistry;
import dev.vertxmicro.spi.Providers;
import dev.vertxmicro.spi.RegistryBridgeProvider;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * The verticles whose configuration is a service descriptor, and what each demands of it beyond what holds for all: read by them
 * when they start, and by {@code vertx run} before anything does.
 */
public final class DescribedVerticles {
    private static final List<Class<?>> ROOTS =
            List.of(ServiceVerticle.class, ClientVerticle.class, RegistryVerticle.class, BrokerVerticle.class);

    private DescribedVerticles() {}

    /**
     * Tells whether a verticle is configured by a service descriptor.
     *
     * @param verticle its class
     * @return true if so
     */
    public static boolean contain(Class<?> verticle) {
        return ROOTS.stream().anyMatch(root -> root.isAssignableFrom(verticle));
    }

    /**
     * Reads the descriptor of a verticle.
     *
     * @param verticle its class
     * @param config   the descriptor
     * @return what it says
     * @throws ConfigException for an unknown key, a bad value, or one that this verticle cannot work with; with its JSON path
     */
    public static ServiceDescriptor read(Class<?> verticle, JsonObject config) {
        ServiceDescriptor descriptor = ServiceDescriptor.parse(config);
        if (verticle == RegistryVerticle.class) {
            own(config, "registry", EventBusRegistry.TYPE, "mdns");
            if (descriptor.discovery().any()) {
                bridges();
            }
        }
        if (verticle == BrokerVerticle.class) {
            own(config, "broker", EventBusBroker.TYPE, "memory");
        }
        if (verticle == ServerVerticle.class
                && descriptor.endpoints().isEmpty()
                && descriptor.streams().isEmpty()) {
            throw new ConfigException(
                    "$.server.endpoints", "none (expected: the endpoints to forward, such as \"Greeter.Hello\")");
        }
        return descriptor;
    }

    /**
     * Gives what holds for a verticle: its descriptor with all defaults, to be shown; secrets are masked. What is made up at each start,
     * such as an id, is left out.
     *
     * @param config the descriptor, which is right
     * @return what holds
     * @throws ConfigException for an unknown key or a bad value, with its JSON path
     */
    public static JsonObject effective(JsonObject config) {
        JsonObject once = ServiceDescriptor.effective(config);
        return same(once, ServiceDescriptor.effective(config));
    }

    private static JsonObject same(JsonObject one, JsonObject other) {
        JsonObject same = new JsonObject();
        for (Map.Entry<String, Object> entry : one) {
            Object there = other.getValue(entry.getKey());
            if (entry.getValue() instanceof JsonObject inner && there instanceof JsonObject its) {
                same.put(entry.getKey(), same(inner, its));
            } else if (entry.getValue().equals(there)) {
                same.put(entry.getKey(), there);
            }
        }
        return same;
    }

    /** Reads that of a verticle which starts in this Vert.x: its ports are where {@link ClusterMember#listenOn} has them. */
    static ServiceDescriptor read(Vertx vertx, Class<?> verticle, JsonObject config) {
        return read(verticle, ClusterMember.placed(vertx, config));
    }

    /** What a RegistryVerticle bridges with, if it does. */
    static RegistryBridgeProvider bridges() {
        return Providers.load(RegistryBridgeProvider.class)
                .require("$.discovery", RegistryBridgeProvider.SERVICE_DISCOVERY);
    }

    /** What is asked for over the event bus cannot be asked for over the event bus. */
    private static void own(JsonObject config, String section, String bus, String example) {
        if (Section.root(config).section(section).string("type", "").equals(bus)) {
            throw new ConfigException(
                    "$." + section + ".type",
                    "\"" + bus + "\" (expected: a " + section + " that this verticle can own, such as " + example
                            + ")");
        }
    }
}
