package dev.vertxmicro.registry.etcd.registration;

import com.google.protobuf.ByteString;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.etcd.member.EtcdCalls;
import dev.vertxmicro.registry.etcd.wire.EtcdKeys;
import dev.vertxmicro.registry.local.RegistrationTerms;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The nodes that this registry has registered. A lease ends a node whose process has died; one that is just not renewed any more, while
 * others keep the lease, is deleted when its time has passed. A deletion that fails is tried again until it succeeds, the node is
 * registered again or all is closed. Confined to one context.
 */
public final class NodeEntries {
    private static final long AGAIN_MILLIS = 3000;
    /** What a renewal of a busy process may be late by, as with leases, of which etcd looks twice a second whether they have ended. */
    private static final Duration LATE = Duration.ofMillis(500);
    /** Of leases; etcd refuses those of 285 years. */
    static final Duration LONGEST = Duration.ofDays(365);

    private final EtcdCalls members;
    private final EtcdKeys keys;
    private final Duration patience;
    private final Timers timers;
    private final Map<ByteString, NodeEntry> entries = new HashMap<>();
    private final Map<ByteString, Timer> lapses = new HashMap<>();
    private final Map<Long, SharedLease> leases = new HashMap<>();
    private boolean closed;

    /**
     * Registers nothing yet.
     *
     * @param members  of the cluster
     * @param keys     where nodes are
     * @param patience how long closing may take
     * @param timers   the clock
     */
    public NodeEntries(EtcdCalls members, EtcdKeys keys, Duration patience, Timers timers) {
        this.members = members;
        this.keys = keys;
        this.patience = patience;
        this.timers = timers;
    }

    /**
     * Registers the nodes of a service, or renews them.
     *
     * @param service the service
     * @param ttl     until they lapse, zero for never; a year at most
     * @return completes when etcd has taken all
     */
    public Future<Void> register(ServiceInfo service, Duration ttl) {
        Duration lives = ttl.compareTo(LONGEST) > 0 ? LONGEST : ttl;
        return RegistrationTerms.refusal(service, ttl)
                .map(Future::<Void>failedFuture)
                .orElseGet(() -> all(service, node -> register(service.withNodes(List.of(node)), node, lives)));
    }

    private interface Step {
        Future<Void> of(Node node);
    }

    private static Future<Void> all(ServiceInfo service, Step step) {
        return Future.join(service.nodes().stream().map(step::of).toList()).mapEmpty();
    }

    private Future<Void> register(ServiceInfo single, Node node, Duration ttl) {
        ByteString key = keys.node(single.name(), node.id());
        NodeEntry entry = entries.computeIfAbsent(key, own -> new NodeEntry(members, own));
        stay(key);
        Future<Void> registered = entry.register(single, () -> renewed(ttl));
        if (!ttl.isZero()) {
            lapse(key, entry, ttl.plus(LATE));
        }
        return registered.onFailure(failure -> forget(key, entry));
    }

    private Future<Long> renewed(Duration ttl) {
        if (ttl.isZero()) {
            return Future.succeededFuture(NodeEntry.NO_LEASE);
        }
        long seconds = ttl.plusNanos(999_999_999).toSeconds();
        return leases.computeIfAbsent(seconds, own -> new SharedLease(members, own))
                .renewed();
    }

    private void stay(ByteString key) {
        Timer lapse = lapses.remove(key);
        if (lapse != null) {
            lapse.cancel();
        }
    }

    private void lapse(ByteString key, NodeEntry entry, Duration after) {
        stay(key);
        lapses.put(key, timers.schedule(after, () -> {
            lapses.remove(key);
            drop(key, entry);
        }));
    }

    private Future<Void> drop(ByteString key, NodeEntry entry) {
        int before = entry.registrations();
        return entry.delete().onComplete(deleted -> {
            forget(key, entry);
            if (deleted.failed() && !closed && entries.get(key) == entry && entry.registrations() == before) {
                long pause = AGAIN_MILLIS + ThreadLocalRandom.current().nextLong(AGAIN_MILLIS);
                lapse(key, entry, Duration.ofMillis(pause));
            }
        });
    }

    /**
     * Takes the nodes of a service back.
     *
     * @param service the service
     * @return completes when they are gone; fails if that is still to be tried again
     */
    public Future<Void> deregister(ServiceInfo service) {
        return all(service, node -> {
            ByteString key = keys.node(service.name(), node.id());
            stay(key);
            return drop(key, entries.computeIfAbsent(key, own -> new NodeEntry(members, own)));
        });
    }

    private void forget(ByteString key, NodeEntry entry) {
        if (entry.isGone() && entries.remove(key, entry)) {
            stay(key);
        }
    }

    /**
     * Takes everything back.
     *
     * @return completes when that is done, or has taken too long
     */
    public Future<Void> close() {
        closed = true;
        lapses.values().forEach(Timer::cancel);
        lapses.clear();
        Promise<Void> closed = Promise.promise();
        Timer late = timers.schedule(patience, closed::tryComplete);
        Future.join(entries.values().stream().map(NodeEntry::settled).toList())
                .transform(settled -> Future.join(List.of(revoked(), deleted())))
                .onComplete(done -> {
                    late.cancel();
                    closed.tryComplete();
                });
        return closed.future();
    }

    private Future<?> revoked() {
        return Future.join(leases.values().stream().map(SharedLease::revoke).toList());
    }

    private Future<?> deleted() {
        return Future.join(entries.values().stream()
                .filter(NodeEntry::lasts)
                .map(NodeEntry::delete)
                .toList());
    }
}
