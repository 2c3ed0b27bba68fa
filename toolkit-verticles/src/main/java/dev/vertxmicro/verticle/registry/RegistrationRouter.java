package dev.vertxmicro.verticle.registry;

import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.engine.eventbus.Presence;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Registrar;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.ServiceJson;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.verticle.ownership.MemberLeases;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/**
 * Registers and deregisters: what this RegistryVerticle holds, or may claim, here; what another holds, there. Confined to one
 * context.
 */
final class RegistrationRouter implements MemberLeases.Holdings {
    private static final System.Logger LOG = System.getLogger(RegistrationRouter.class.getName());
    private static final RareWarning INHERITED = RareWarning.of(LOG);
    private static final RareWarning NOT_DROPPED = RareWarning.of(LOG);
    private static final RareWarning DROPPED = RareWarning.of(LOG);

    private final String id;
    private final EventBus bus;
    private final Registrar backend;
    private final BackendMirror mirror;
    private final Claims claims;
    private final LeasedRegistrations registrations;
    private final Executor context;
    private final KeyQueue queue = new KeyQueue();

    RegistrationRouter(
            String id,
            EventBus bus,
            Registrar backend,
            BackendMirror mirror,
            Claims claims,
            LeasedRegistrations registrations,
            Executor context) {
        this.id = id;
        this.bus = bus;
        this.backend = backend;
        this.mirror = mirror;
        this.claims = claims;
        this.registrations = registrations;
        this.context = context;
    }

    Future<Void> register(Claim claim, boolean forwarded) {
        return queue.run(claim.key(), () -> {
            if (registrations.holds(claim.key())) {
                Future<Void> noted = registrations.isNew(claim) ? claims.put(claim) : Future.succeededFuture();
                return noted.compose(known -> hold(claim));
            }
            return claims.take(claim).compose(holder -> holder.equals(id) ? hold(claim) : at(holder, claim, forwarded));
        });
    }

    private Future<Void> hold(Claim claim) {
        return registrations
                .hold(claim)
                .compose(held -> afterChanges(claim.single(), true))
                .recover(refused -> claims.release(claim.key()).transform(done -> Future.failedFuture(refused)));
    }

    private Future<Void> at(String holder, Claim claim, boolean forwarded) {
        if (forwarded) {
            return Future.failedFuture(MicroException.unavailable(
                    RegistryHost.ID, claim.key() + ": changes its RegistryVerticle just now, try again"));
        }
        return ask(holder, "register", claim)
                .recover(failure -> Presence.nobody(failure)
                        ? claims.find(claim.key()).compose(found -> seize(found, claim))
                        : Future.failedFuture(BusMessages.error(BusProtocol.registry(holder), failure)));
    }

    private Future<Void> seize(Optional<Claim> found, Claim mine) {
        Future<Boolean> seized = found.isEmpty() ? claims.take(mine).map(id::equals) : claims.seize(found.get(), mine);
        return seized.compose(won -> won
                ? hold(mine)
                : Future.failedFuture(MicroException.unavailable(
                        RegistryHost.ID, mine.key() + ": was taken over by another RegistryVerticle, try again")));
    }

    private Future<Void> ask(String holder, String action, Claim claim) {
        DeliveryOptions asking = BusMessages.versioned()
                .addHeader(BusProtocol.ACTION, action)
                .addHeader(BusProtocol.FORWARDED, "true")
                .addHeader(BusProtocol.OWNER, claim.owner())
                .addHeader(BusProtocol.TTL, Long.toString(claim.ttl().toNanos()))
                .setSendTimeout(RegistryHost.ANSWER_TIMEOUT.toMillis());
        return bus.request(BusProtocol.registry(holder), ServiceJson.write(claim.single()), asking)
                .mapEmpty();
    }

    Future<Void> deregister(Claim claim, boolean forwarded) {
        return queue.run(claim.key(), () -> {
            if (registrations.holds(claim.key())) {
                return dropHeld(claim.key(), claim.single());
            }
            return claims.find(claim.key()).compose(found -> {
                if (found.isEmpty() || forwarded || found.get().holder().equals(id)) {
                    return backend.deregister(claim.single())
                            .compose(done -> afterChanges(claim.single(), false))
                            .compose(done -> claims.release(claim.key()));
                }
                return ask(found.get().holder(), "deregister", claim)
                        .recover(failure -> Presence.nobody(failure)
                                ? backend.deregister(claim.single()).compose(done -> claims.remove(found.get()))
                                : Future.failedFuture(BusMessages.error(BusProtocol.REGISTRY, failure)));
            });
        });
    }

    private Future<Void> dropHeld(String key, ServiceInfo single) {
        return registrations
                .drop(key)
                .compose(done -> afterChanges(single, false))
                .compose(done -> claims.release(key));
    }

    /** Changes that the backend has told already are seen before the answer. */
    private Future<Void> afterChanges(ServiceInfo single, boolean there) {
        Promise<Void> later = Promise.promise();
        context.execute(later::complete);
        return later.future().compose(now -> mirror.settle(single, there));
    }

    /** Drops what is held and nobody wants any more, unless that has changed meanwhile. */
    void abandon(String key, Predicate<Claim> unwanted, String why) {
        queue.run(key, () -> {
                    if (registrations.find(key).filter(unwanted).isEmpty()) {
                        return Future.succeededFuture();
                    }
                    DROPPED.info("registry: " + key + " dropped: " + why);
                    return registrations.drop(key).compose(done -> claims.release(key));
                })
                .onFailure(failure -> NOT_DROPPED.warn("registry: " + key + " not dropped: " + failure.getMessage()));
    }

    @Override
    public Future<Void> inherit(String gone) {
        return claims.of(gone).compose(left -> {
            INHERITED.info("registry: " + left.size() + " registrations of RegistryVerticle " + gone + " taken over");
            return Parallel.each(List.copyOf(left), claim -> queue.run(claim.key(), () -> inherit(claim)));
        });
    }

    @Override
    public void suspend() {
        registrations.suspend();
    }

    @Override
    public void resume() {
        registrations.resume();
    }

    @Override
    public Future<Void> reconcile() {
        return Parallel.each(
                registrations.all(),
                claim -> queue.run(claim.key(), () -> claims.find(claim.key()).map(found -> {
                    if (found.isEmpty() || !found.get().holder().equals(id)) {
                        registrations.forget(claim.key());
                    }
                    return null;
                })));
    }

    private Future<Void> inherit(Claim claim) {
        Claim mine = claim.heldBy(id);
        return claims.seize(claim, mine).compose(won -> won ? hold(mine).otherwiseEmpty() : Future.succeededFuture());
    }
}
