package dev.vertxmicro.health;

import dev.vertxmicro.service.HealthChecks;
import dev.vertxmicro.service.HealthReport;
import dev.vertxmicro.service.HealthStatus;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The checks of all instances of a service, each asked on the context of its instance. Checks of one name are one: it is down if any of
 * them is. May be used from any thread.
 */
public final class ServiceHealth {
    /** How long an event loop may take to begin. */
    private static final Duration TURN = Duration.ofSeconds(1);

    private static final Duration ALL = Duration.ofSeconds(30);

    private final Timers timers;
    private final List<Part> parts = new CopyOnWriteArrayList<>();

    private record Part(HealthChecks checks, Executor context) {}

    /**
     * Begins without checks.
     *
     * @param timers the clock
     */
    public ServiceHealth(Timers timers) {
        this.timers = timers;
    }

    /**
     * Adds checks, to be asked on the context of the caller.
     *
     * @param checks of an instance
     */
    public void add(HealthChecks checks) {
        parts.add(new Part(checks, timers.callerContext()));
    }

    /**
     * Asks all.
     *
     * @return completes with what they say, on the context of the caller; an event loop that does not take its turn within 1 s is down
     */
    public Future<HealthReport> report() {
        List<Future<HealthReport>> asked = new ArrayList<>();
        parts.forEach(part -> asked.add(ask(part)));
        return Future.all(asked).map(all -> merged(all.<HealthReport>list()));
    }

    private Future<HealthReport> ask(Part part) {
        Promise<HealthReport> report = timers.promise();
        AtomicBoolean begun = new AtomicBoolean();
        Timer turn = timers.schedule(TURN, () -> {
            if (!begun.get()) {
                report.tryComplete(blocked("no turn within " + TURN.toMillis() + " ms"));
            }
        });
        Timer end =
                timers.schedule(ALL, () -> report.tryComplete(blocked("no answer within " + ALL.toSeconds() + " s")));
        part.context().execute(() -> {
            begun.set(true);
            part.checks().report(timers).onComplete(done -> {
                if (done.succeeded()) {
                    report.tryComplete(done.result());
                } else {
                    report.tryComplete(blocked(String.valueOf(done.cause())));
                }
            });
        });
        return report.future().onComplete(done -> {
            turn.cancel();
            end.cancel();
        });
    }

    private static HealthReport blocked(String cause) {
        return new HealthReport(List.of(new HealthReport.Entry("event-loop", HealthStatus.down(cause))));
    }

    private static HealthReport merged(List<HealthReport> reports) {
        Map<String, HealthReport.Entry> worst = new LinkedHashMap<>();
        for (HealthReport report : reports) {
            for (HealthReport.Entry entry : report.checks()) {
                worst.merge(entry.id(), entry, (one, other) -> one.status().up() ? other : one);
            }
        }
        return new HealthReport(List.copyOf(worst.values()));
    }
}
