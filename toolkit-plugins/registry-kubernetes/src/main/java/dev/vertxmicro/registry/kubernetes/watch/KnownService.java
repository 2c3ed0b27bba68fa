package dev.vertxmicro.registry.kubernetes.watch;

import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.kubernetes.wire.PodService;
import dev.vertxmicro.registry.kubernetes.wire.Renewal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a pod tells of a service, and until when it holds. Confined to one context. */
final class KnownService {
    /** Clocks are told by whole seconds. */
    private static final Duration SLACK = Duration.ofSeconds(1);

    private final PodService told;
    private final long until;
    private boolean lapsed;

    private KnownService(PodService told, long until, boolean lapsed) {
        this.told = told;
        this.until = until;
        this.lapsed = lapsed;
    }

    /** Takes what is told for the first time: how old it is tells the clock of the API server. */
    static KnownService first(PodService told, Instant now, long nanos) {
        return told.renewal()
                .map(renewal -> {
                    Duration left = renewal.left(now).plus(SLACK);
                    Duration counted = left.compareTo(renewal.ttl()) > 0 ? renewal.ttl() : left;
                    return new KnownService(told, nanos + counted.toNanos(), left.isNegative());
                })
                .orElseGet(() -> new KnownService(told, 0, false));
    }

    /** Takes what is told by a pod that is known: a renewal that was not known yet is new, whatever clocks say, if it was heard of at once. */
    KnownService next(PodService again, Instant now, long nanos, boolean atOnce) {
        Optional<Renewal> renewal = again.renewal();
        if (renewal.isEmpty()) {
            return first(again, now, nanos);
        }
        if (renewal.equals(told.renewal())) {
            return new KnownService(again, until, lapsed);
        }
        return atOnce
                ? new KnownService(again, nanos + renewal.get().ttl().toNanos(), false)
                : first(again, now, nanos);
    }

    /** Tells whether its time is over, though it is not known yet whether a renewal was missed. */
    boolean due(long nanos) {
        return !lapsed && told.renewal().isPresent() && nanos - until >= 0;
    }

    /** Takes note that it was not renewed in time. */
    void lapse() {
        lapsed = true;
    }

    boolean holds() {
        return !lapsed;
    }

    String key() {
        return told.key();
    }

    ServiceInfo service() {
        return told.service();
    }
}
