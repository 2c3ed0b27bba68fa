package dev.vertxmicro.broker.http.nodes;

import dev.vertxmicro.broker.http.wire.Generation;
import dev.vertxmicro.registry.Heartbeat;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registrar;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The nodes of this broker in the registry: one in each {@link Generation} for all subscriptions of a topic that share a queue, or
 * have none. Each registration has an id that never comes back, and none that another has. Used on the context of the broker.
 */
public final class RegisteredNodes {
    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST_LAST_LABEL = LONGEST_LABEL - 37;
    private static final int LONGEST_TOPIC = 180;

    /**
     * Subscriptions that share a node.
     *
     * @param topic the topic
     * @param queue the queue, empty for those without
     */
    public record Group(String topic, Optional<String> queue) {
        String version() {
            return queue.orElse(SubscriberNode.BROADCAST);
        }
    }

    private record Registered(List<Beat> beats, Future<Void> begun) {}

    private record Beat(String id, Heartbeat heartbeat) {}

    private final Registrar registrar;
    private final Timers timers;
    private final Duration ttl;
    private final Duration interval;
    private final Set<Group> groups = new LinkedHashSet<>();
    private final Map<Group, Registered> registered = new HashMap<>();
    private final Map<String, Group> byId = new HashMap<>();
    private String address = "";
    private boolean secure;

    /** Registers nodes for the ttl and again at each interval, once the address is known. */
    public RegisteredNodes(Registrar registrar, Timers timers, Duration ttl, Duration interval) {
        this.registrar = registrar;
        this.timers = timers;
        this.ttl = ttl;
        this.interval = interval;
    }

    /** True if there is no group, registered or not. */
    public boolean isEmpty() {
        return groups.isEmpty();
    }

    /** Registers all groups at an address. */
    public Future<Void> open(String reachable, boolean tls) {
        address = reachable;
        secure = tls;
        return Future.join(groups.stream().map(this::register).toList()).mapEmpty();
    }

    /** Adds a group, if it is not there, and registers it if the broker listens. */
    public Future<Void> add(Group group) {
        groups.add(group);
        return address.isEmpty() ? Future.succeededFuture() : register(group);
    }

    private Future<Void> register(Group group) {
        Registered known = registered.get(group);
        if (known != null) {
            return known.begun();
        }
        Map<String, String> metadata =
                new TreeMap<>(Map.of("broker", "http", "secure", Boolean.toString(secure), "topic", group.topic()));
        Beat first = beat(Generation.FIRST, group, metadata);
        metadata.put(SubscriberNode.TWIN, first.id());
        Beat later = beat(Generation.LATER, group, metadata);
        Future<Void> begun = Future.join(
                        first.heartbeat().start(), later.heartbeat().start())
                .mapEmpty();
        registered.put(group, new Registered(List.of(first, later), begun));
        return begun;
    }

    private Beat beat(Generation form, Group group, Map<String, String> metadata) {
        String id = id(group.topic());
        ServiceInfo service = new ServiceInfo(
                form.service(), group.version(), Map.of(), List.of(), List.of(new Node(id, address, metadata)));
        byId.put(id, group);
        return new Beat(id, new Heartbeat(registrar, service, ttl, interval, timers));
    }

    /** go-micro's form, unless a part of it is too long for a name of DNS. */
    private static String id(String topic) {
        String[] labels = topic.split("\\.", -1);
        boolean fits = topic.length() <= LONGEST_TOPIC && labels[labels.length - 1].length() <= LONGEST_LAST_LABEL;
        for (String label : labels) {
            fits &= !label.isEmpty() && label.length() <= LONGEST_LABEL;
        }
        return (fits ? topic : "topic") + "-" + UUID.randomUUID();
    }

    /** Finds the group of a node; empty if there is none. */
    public Optional<Group> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Takes a group out. */
    public Future<Void> remove(Group group) {
        groups.remove(group);
        return deregister(group);
    }

    private Future<Void> deregister(Group group) {
        Registered gone = registered.remove(group);
        if (gone == null) {
            return Future.succeededFuture();
        }
        gone.beats().forEach(beat -> byId.remove(beat.id()));
        return Future.join(gone.beats().stream()
                        .map(beat -> beat.heartbeat().stop())
                        .toList())
                .mapEmpty();
    }

    /** Deregisters all groups, and keeps them in mind. */
    public Future<Void> close() {
        address = "";
        return Future.join(List.copyOf(registered.keySet()).stream()
                        .map(this::deregister)
                        .toList())
                .mapEmpty();
    }
}
