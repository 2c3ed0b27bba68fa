package dev.vertxmicro.bench.cluster;

import dev.vertxmicro.bench.measure.FaultScale;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * What processes are told to be.
 *
 * @param scale      timeout of the client's calls
 * @param network    where they are
 * @param registered whether servers are found by a registry
 */
record RoleDescriptors(FaultScale scale, ClusterNetwork network, boolean registered) {
    private static final String REGISTRY = "registry";
    private static final String TYPE = "type";
    private static final String CALLS = "client";

    /** That of the client. */
    JsonObject client() {
        JsonObject calls = calls();
        if (!scale.timeout().isEmpty()) {
            calls.put("requestTimeout", scale.timeout());
        }
        return new JsonObject().put(REGISTRY, registry()).put(CALLS, calls);
    }

    /** Those that may be made again are, also where a node that has one says nothing. */
    private static JsonObject calls() {
        JsonObject again = new JsonObject()
                .put("pattern", PlainClock.LOOK.name())
                .put("idempotent", true)
                .put("hedge", new JsonObject());
        return new JsonObject().put("endpoints", new JsonArray().add(again));
    }

    /** That of a node; a server listens at the address. */
    JsonObject of(Role role, String address) {
        return switch (role) {
            case REGISTRY -> new JsonObject().put("shared", true).put(REGISTRY, mdns());
            case BROKER ->
                new JsonObject()
                        .put("shared", true)
                        .put(REGISTRY, new JsonObject().put(TYPE, "memory"))
                        .put("broker", new JsonObject().put(TYPE, "memory"));
            case SERVER -> server(address);
            case BY_HAND -> new JsonObject().put("address", address);
            case HANDLER, CLIENT -> new JsonObject();
        };
    }

    private JsonObject registry() {
        return new JsonObject().put(TYPE, registered ? "eventbus" : "memory");
    }

    private JsonObject mdns() {
        JsonObject settings = new JsonObject()
                .put("address", "239.255.77.9:" + network.mdns())
                .put("interfaces", new JsonArray().add(network.device()));
        return new JsonObject().put(TYPE, "mdns").put("mdns", settings);
    }

    private JsonObject server(String address) {
        JsonArray endpoints = new JsonArray().add(PlainClock.NOW.name()).add(PlainClock.LOOK.name());
        return new JsonObject()
                .put("service", new JsonObject().put("name", PlainClock.SERVICE))
                .put(REGISTRY, registry())
                .put(CALLS, calls())
                .put("server", new JsonObject().put("address", address).put("endpoints", endpoints));
    }
}
