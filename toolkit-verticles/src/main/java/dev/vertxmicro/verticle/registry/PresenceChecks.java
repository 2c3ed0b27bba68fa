package dev.vertxmicro.verticle.registry;

import dev.vertxmicro.engine.eventbus.Presence;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.verticle.ownership.LeaseTerms;
import dev.vertxmicro.verticle.ownership.MemberLeases;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/**
 * Asks from time to time whether the owners of registrations are still there, and looks at the leases of the other
 * RegistryVerticles. Nobody at the address of an owner twice in a row is gone; who is silent is taken as busy. Confined to one
 * context.
 */
final class PresenceChecks {
    private static final System.Logger LOG = System.getLogger(PresenceChecks.class.getName());
    private static final RareWarning NOT_ASKED = RareWarning.of(LOG);

    private final Presence presence;
    private final Duration check;
    private final LeaseTerms terms;
    private final MemberLeases members;
    private final LeasedRegistrations registrations;
    private final RegistrationRouter router;
    private final Runnable noted;
    private final Timers timers;
    private Timer next = () -> {};
    private Timer pulse = () -> {};
    private boolean closed;
    private boolean ended;

    PresenceChecks(
            Presence presence,
            Duration check,
            LeaseTerms terms,
            MemberLeases members,
            LeasedRegistrations registrations,
            RegistrationRouter router,
            Runnable noted,
            Timers timers) {
        this.presence = presence;
        this.check = check;
        this.terms = terms;
        this.members = members;
        this.registrations = registrations;
        this.router = router;
        this.noted = noted;
        this.timers = timers;
    }

    /** Renews the lease of this RegistryVerticle now, and from then on. */
    void pulse() {
        if (!ended) {
            members.renew();
            noted.run();
            pulse = timers.schedule(terms.pulse(), this::pulse);
        }
    }

    /** Goes the first round now, and the next ones by themselves. */
    void start() {
        if (closed) {
            return;
        }
        go().onComplete(done -> {
            if (done.failed()) {
                NOT_ASKED.warn("registry: other RegistryVerticles not asked: "
                        + done.cause().getMessage());
            }
            if (!closed) {
                next = timers.schedule(check, this::start);
            }
        });
    }

    private Future<Void> go() {
        Future<Void> owners =
                Parallel.each(List.copyOf(registrations.byOwner().entrySet()), entry -> presence.gone(entry.getKey())
                        .onSuccess(gone -> {
                            if (gone && !closed && members.lease().holds()) {
                                entry.getValue().forEach(key -> abandon(key, entry.getKey()));
                            }
                        }));
        return owners.compose(asked -> closed ? Future.succeededFuture() : members.round());
    }

    private void abandon(String key, String owner) {
        router.abandon(key, claim -> claim.owner().equals(owner), "its owner " + owner + " is gone");
    }

    /** Asks nobody any more; the lease is renewed until the end. */
    void close() {
        closed = true;
        next.cancel();
    }

    void end() {
        ended = true;
        pulse.cancel();
    }
}
