package dev.vertxmicro.verticle.registry;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Heartbeat;
import dev.vertxmicro.registry.Registrar;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.verticle.ownership.Lease;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The registrations that this RegistryVerticle holds: it sends their heartbeats, and tells which leases have ended. Confined to
 * one context.
 */
final class LeasedRegistrations {
    private static final System.Logger LOG = System.getLogger(LeasedRegistrations.class.getName());
    private static final RareWarning NOT_RESUMED = RareWarning.of(LOG);

    private final Registrar backend;
    private final RegistryHostOptions options;
    private final Timers timers;
    private final Consumer<String> ended;
    private final Map<String, LeasedRegistration> leases = new HashMap<>();
    private boolean refusing;

    /** Holds nothing yet; what the backend is asked for waits until the lease of this RegistryVerticle is in force. */
    LeasedRegistrations(
            Registrar backend,
            Supplier<Lease> duty,
            RegistryHostOptions options,
            Timers timers,
            Consumer<String> ended) {
        this.backend = new Fenced(backend, duty);
        this.options = options;
        this.timers = timers;
        this.ended = ended;
    }

    /** Does nothing at the backend that may be another's to do. */
    private record Fenced(Registrar backend, Supplier<Lease> duty) implements Registrar {
        @Override
        public Future<Void> register(ServiceInfo service, Duration ttl) {
            Lease lease = duty.get();
            return lease.holds()
                    ? backend.register(service, ttl)
                    : lease.inForce().compose(again -> backend.register(service, ttl));
        }

        @Override
        public Future<Void> deregister(ServiceInfo service) {
            Lease lease = duty.get();
            return lease.holds()
                    ? backend.deregister(service)
                    : lease.inForce().compose(again -> backend.deregister(service));
        }
    }

    boolean holds(String key) {
        return leases.containsKey(key);
    }

    Optional<Claim> find(String key) {
        return Optional.ofNullable(leases.get(key)).map(LeasedRegistration::claim);
    }

    /** Tells whether the time of what is held is over. */
    boolean isOver(Claim claim) {
        LeasedRegistration lease = leases.get(claim.key());
        return lease != null && lease.isOver();
    }

    int size() {
        return leases.size();
    }

    /** Tells whether a claim says something that is not known of what is held. */
    boolean isNew(Claim claim) {
        LeasedRegistration held = leases.get(claim.key());
        return held == null || !held.claim().equals(claim);
    }

    /** Registers, or renews; fails with 400, and holds nothing, if the backend refuses the service. */
    Future<Void> hold(Claim claim) {
        if (refusing) {
            return Future.failedFuture(MicroException.unavailable(RegistryHost.ID, "RegistryVerticle is stopping"));
        }
        String key = claim.key();
        LeasedRegistration before = leases.get(key);
        if (before != null && before.isRenewedBy(claim)) {
            before.renew(claim);
            return Future.succeededFuture();
        }
        if (before != null) {
            before.cancel();
        }
        return begin(claim);
    }

    private Future<Void> begin(Claim claim) {
        String key = claim.key();
        Duration ttl = claim.ttl().isZero() ? options.ttl() : claim.ttl();
        Heartbeat heartbeat = new Heartbeat(backend, claim.single(), ttl, interval(ttl), timers);
        LeasedRegistration lease = new LeasedRegistration(claim, heartbeat, timers, () -> ended.accept(key));
        leases.put(key, lease);
        return heartbeat.start().onFailure(refused -> {
            lease.cancel();
            leases.remove(key, lease);
        });
    }

    /** A short lease is renewed in time, whatever the interval. */
    private Duration interval(Duration ttl) {
        Duration half = Heartbeat.interval(ttl);
        return ttl.isZero() || options.interval().compareTo(half) <= 0 ? options.interval() : half;
    }

    /** Deregisters; does nothing if it is not held. */
    Future<Void> drop(String key) {
        LeasedRegistration lease = leases.remove(key);
        if (lease == null) {
            return Future.succeededFuture();
        }
        lease.cancel();
        return lease.heartbeat().stop();
    }

    /** Ends all heartbeats for a while. */
    void suspend() {
        leases.values().forEach(lease -> lease.heartbeat().cancel());
    }

    /** Begins all heartbeats anew. */
    void resume() {
        for (LeasedRegistration lease : List.copyOf(leases.values())) {
            lease.cancel();
            begin(lease.claim())
                    .onFailure(failure -> NOT_RESUMED.warn(
                            "registry: " + lease.claim().key() + " not registered again: " + failure.getMessage()));
        }
    }

    /** Ends the heartbeat of what another holds; it stays registered. */
    void forget(String key) {
        LeasedRegistration lease = leases.remove(key);
        if (lease != null) {
            lease.cancel();
        }
    }

    /** Gives the keys that each owner has registered; what has no owner is left out. */
    Map<String, List<String>> byOwner() {
        return leases.values().stream()
                .map(LeasedRegistration::claim)
                .filter(claim -> !claim.owner().isEmpty())
                .collect(Collectors.groupingBy(Claim::owner, Collectors.mapping(Claim::key, Collectors.toList())));
    }

    /** Gives all that is held. */
    List<Claim> all() {
        return leases.values().stream().map(LeasedRegistration::claim).toList();
    }

    /** Holds nothing more from now on: what is asked for already comes too late. */
    void refuse() {
        refusing = true;
    }

    /** Ends all heartbeats and leases; the registrations stay. */
    void cancel() {
        leases.values().forEach(LeasedRegistration::cancel);
    }
}
