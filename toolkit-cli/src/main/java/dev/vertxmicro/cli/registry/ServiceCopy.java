package dev.vertxmicro.cli.registry;

import dev.vertxmicro.error.Catching;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What became of one service that was to be copied from one registry to another.
 *
 * @param name    of the service
 * @param nodes   how many nodes it has where it comes from
 * @param state   what the other registry knew of it
 * @param failure why it was not copied; empty if it was
 */
record ServiceCopy(String name, int nodes, State state, String failure) {

    /** What the registry that is copied to knew of a service before. */
    enum State {
        /** None of its nodes. */
        NEW,
        /** Some of its nodes, or other things of them. */
        CHANGED,
        /** All of it. */
        THERE,
        /** It has no nodes any more where it comes from. */
        GONE,
        /** It was not copied. */
        FAILED
    }

    /** Copies a service; never fails. */
    static Future<ServiceCopy> copy(String name, Registry from, Registry to, Duration ttl, boolean dryRun) {
        return Catching.future(from.type(), () -> from.get(name))
                .compose(versions -> Catching.future(to.type(), () -> to.get(name))
                        .compose(known -> write(versions, to, ttl, dryRun)
                                .map(done -> new ServiceCopy(name, count(versions), state(versions, known), ""))))
                .otherwise(failure ->
                        failed(name, MicroException.from(name, failure).detail()));
    }

    static ServiceCopy failed(String name, String why) {
        return new ServiceCopy(name, 0, State.FAILED, why.replaceAll("\\s*\\R\\s*", " "));
    }

    private static Future<Void> write(List<ServiceInfo> versions, Registry to, Duration ttl, boolean dryRun) {
        Future<Void> written = Future.succeededFuture();
        for (ServiceInfo version : versions) {
            if (!dryRun && !version.nodes().isEmpty()) {
                written = written.compose(done -> Catching.future(to.type(), () -> to.register(version, ttl)));
            }
        }
        return written;
    }

    private static int count(List<ServiceInfo> versions) {
        return versions.stream().mapToInt(version -> version.nodes().size()).sum();
    }

    private static State state(List<ServiceInfo> versions, List<ServiceInfo> known) {
        Set<ServiceInfo> there = new HashSet<>();
        Set<String> ids = new HashSet<>();
        for (ServiceInfo version : known) {
            for (Node node : version.nodes()) {
                there.add(single(version, node));
                ids.add(node.id());
                ids.add(node.address()); // Consul has ids of its own for services without a version
            }
        }
        int found = 0;
        int same = 0;
        for (ServiceInfo version : versions) {
            for (Node node : version.nodes()) {
                found += ids.contains(node.id()) || ids.contains(node.address()) ? 1 : 0;
                same += there.contains(single(version, node)) ? 1 : 0;
            }
        }
        int all = count(versions);
        if (all == 0) {
            return State.GONE;
        }
        return same == all ? State.THERE : found == 0 ? State.NEW : State.CHANGED;
    }

    /** Without what the service says of itself: most registries have no place for it. */
    private static ServiceInfo single(ServiceInfo version, Node node) {
        return new ServiceInfo(version.name(), version.version(), Map.of(), version.endpoints(), List.of(node));
    }

    boolean hasFailed() {
        return state == State.FAILED;
    }

    /** Says it in words. */
    String word() {
        return hasFailed() ? "failed: " + failure : state.name().toLowerCase(Locale.ROOT);
    }

    /** Says it to scripts. */
    JsonObject json() {
        JsonObject json = new JsonObject()
                .put("name", name)
                .put("nodes", nodes)
                .put("state", state.name().toLowerCase(Locale.ROOT));
        return hasFailed() ? json.put("failure", failure) : json;
    }
}
