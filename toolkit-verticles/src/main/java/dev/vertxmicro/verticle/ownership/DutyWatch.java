package dev.vertxmicro.verticle.ownership;

import dev.vertxmicro.engine.eventbus.Presence;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Watches who does what others could do. A holder that is not there at all is known at once, by asking at its address; one that is
 * silent, by its lease, which it does not renew. Confined to one context.
 */
final class DutyWatch {
    private record Seen(String text, long since) {}

    private final LeaseTerms terms;
    private final Presence presence;
    private final Timers timers;
    private final Function<String, String> addresses;
    private final Map<String, Seen> seen = new HashMap<>();
    private final Set<String> asked = new HashSet<>();

    DutyWatch(LeaseTerms terms, Presence presence, Timers timers, Function<String, String> addresses) {
        this.terms = terms;
        this.presence = presence;
        this.timers = timers;
        this.addresses = addresses;
    }

    /** Looks at what another holds, and takes it where that is gone or has not renewed its lease; the text says which. */
    Future<Void> look(String name, DutyEntry entry, Function<String, Future<Void>> take) {
        Seen before = seen.get(name);
        long now = timers.nanoTime();
        boolean same = before != null && before.text().equals(entry.text());
        if (before == null || !same) {
            seen.put(name, new Seen(entry.text(), now));
            if (before != null && DutyEntry.parse(before.text()).isTermOf(entry)) {
                return Future.succeededFuture();
            }
        } else if (entry.epoch() > 0 && now - before.since() >= terms.patience().toNanos()) {
            return take.apply("has not renewed its lease for " + (now - before.since()) / 1_000_000 + " ms");
        }
        if (!asked.add(name)) {
            return Future.succeededFuture();
        }
        Future<Void> answered = presence.gone(addresses.apply(entry.holder())).compose(gone -> {
            asked.remove(name);
            return gone ? take.apply("is gone") : Future.succeededFuture();
        });
        // A silent one must not hold up the look at its lease.
        return same && entry.epoch() > 0 ? Future.succeededFuture() : answered;
    }
}
