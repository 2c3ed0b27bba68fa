package dev.vertxmicro.verticle.registry;

import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.engine.eventbus.Presence;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import java.time.Duration;
import java.util.List;

/**
 * Asks from time to time whether the owners of registrations are still there, and the other RegistryVerticles. Nobody at an
 * address twice in a row is gone; who is silent is taken as busy. Confined to one context.
 */
final class PresenceChecks {
    private static final System.Logger LOG = System.getLogger(PresenceChecks.class.getName());
    private static final RareWarning NOT_ASKED = RareWarning.of(LOG);

    private final Presence presence;
    private final Duration check;
    private final Claims claims;
    private final LeasedRegistrations registrations;
    private final RegistrationRouter router;
    private final Timers timers;
    private Timer next = () -> {};
    private boolean closed;

    PresenceChecks(
            EventBus bus,
            Duration check,
            Claims claims,
            LeasedRegistrations registrations,
            RegistrationRouter router,
            Timers timers) {
        this.presence = new Presence(bus, check, timers);
        this.check = check;
        this.claims = claims;
        this.registrations = registrations;
        this.router = router;
        this.timers = timers;
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
                            if (gone && !closed) {
                                entry.getValue().forEach(key -> abandon(key, entry.getKey()));
                            }
                        }));
        return owners.compose(asked -> claims.others())
                .compose(others -> Parallel.each(others, other -> presence.gone(BusProtocol.registry(other))
                        .compose(gone -> gone && !closed ? router.inherit(other) : Future.succeededFuture())));
    }

    private void abandon(String key, String owner) {
        router.abandon(key, claim -> claim.owner().equals(owner), "its owner " + owner + " is gone");
    }

    void close() {
        closed = true;
        next.cancel();
    }
}
