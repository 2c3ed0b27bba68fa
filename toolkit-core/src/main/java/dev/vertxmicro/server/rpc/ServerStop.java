package dev.vertxmicro.server.rpc;

import dev.vertxmicro.config.Durations;
import dev.vertxmicro.error.Catching;
import dev.vertxmicro.server.ServerOptions;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.server.ServerStatistics;
import dev.vertxmicro.server.handlers.DeadlineWatch;
import dev.vertxmicro.server.load.CallGate;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Listener;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * A stop that loses no call: leaves the registry, goes on to serve until callers have heard, then takes no further calls, has peers
 * go and finishes what runs, and closes. All of it within the drain timeout, whichever step does not end: leaving has half of it at
 * most, the delay half of the rest.
 */
final class ServerStop {
    private static final System.Logger LOG = System.getLogger(ServerStop.class.getName());

    /** So long peers who are told to go may take when nothing runs any more: a few round trips, however far they are. */
    private static final Duration GOING = Duration.ofMillis(500);

    private static final double MILLIS = 1000;

    /** Beyond, clocks turn over. */
    private static final Duration FAR = Duration.ofDays(365);

    private final ServerOptions options;
    private final ServerParts parts;
    private final Timers timers;
    private final CallGate gate;
    private final DeadlineWatch watch;
    private final long end;

    /** Begins to count the drain timeout. */
    ServerStop(ServerOptions options, ServerParts parts, CallGate gate, DeadlineWatch watch) {
        this.options = options;
        this.parts = parts;
        this.timers = parts.timers();
        this.gate = gate;
        this.watch = watch;
        this.end = timers.nanoTime()
                + Durations.shorter(options.drainTimeout(), FAR).toNanos();
    }

    private Duration left() {
        return Duration.ofNanos(Math.max(0, end - timers.nanoTime()));
    }

    private Duration half() {
        return left().dividedBy(2);
    }

    /**
     * Stops.
     *
     * @param open    where calls arrive
     * @param leaving takes the node and its subscriptions back, where there are any, and tells whether there was a node
     * @return completes when all is closed
     */
    Future<Void> run(Listener open, Supplier<Future<Boolean>> leaving) {
        Future<Boolean> left = Catching.future("registry", leaving);
        return within("leaving", half(), left.mapEmpty())
                .transform(done -> left.succeeded() && !left.result() ? Future.<Void>succeededFuture() : notice())
                .transform(heard -> drained(open))
                .transform(done -> Catching.future("listener", open::close));
    }

    /** Serves on until those who watch have heard. */
    private Future<Void> notice() {
        Duration asked = options.drainDelay().orElseGet(() -> parts.registry().noticePeriod());
        Duration pause = Durations.shorter(asked, half());
        if (pause.isZero() || pause.isNegative()) {
            return Future.succeededFuture();
        }
        Promise<Void> over = timers.promise();
        timers.schedule(pause, over::complete);
        return over.future();
    }

    /** What runs still, handlers that nobody waits for among it, has what is left to end; then peers have a moment to go. */
    private Future<Void> drained(Listener open) {
        Future<Void> idle = gate.drain();
        Future<Void> gone = Catching.future("listener", open::drain).otherwise(failure -> {
            LOG.log(System.Logger.Level.WARNING, options.name() + ": peers not told to go", failure);
            return null;
        });
        return within("draining", left(), idle)
                .onComplete(done -> idle())
                .compose(done -> gone.isComplete() ? gone : atMost(Durations.shorter(GOING, left()), gone, () -> {}));
    }

    private void idle() {
        watch.close();
        ServerStatistics left = gate.statistics();
        if (left.running() + left.abandoned() > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}: closing with {1} running and {2} that nobody waits for",
                    options.name(),
                    counted(left.running(), "call"),
                    counted(left.abandoned(), "handler"));
        }
    }

    private static String counted(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    /** Waits for what must end before the next step, not for ever, and says so where it has not. */
    private Future<Void> within(String what, Duration limit, Future<Void> ending) {
        return atMost(
                limit,
                ending,
                () -> LOG.log(
                        System.Logger.Level.WARNING,
                        "{0}: {1} not done in {2}",
                        options.name(),
                        what,
                        String.format(Locale.ROOT, "%.1f s", limit.toMillis() / MILLIS)));
    }

    private Future<Void> atMost(Duration limit, Future<Void> ending, Runnable late) {
        Promise<Void> done = timers.promise();
        Timer alarm = timers.schedule(limit, () -> {
            if (done.tryComplete()) {
                late.run();
            }
        });
        ending.onComplete(result -> {
            alarm.cancel();
            done.tryComplete();
        });
        return done.future();
    }
}
