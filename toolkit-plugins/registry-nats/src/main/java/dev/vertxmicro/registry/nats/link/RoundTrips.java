package dev.vertxmicro.registry.nats.link;

import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.nats.client.Message;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Messages to oneself: when one is back, the server has what was sent before it, and what was to be had before it has come. Confined to
 * the context of the link.
 */
public final class RoundTrips {
    private static final String SUFFIX = "trip.";

    private final NatsTraffic traffic;
    private final Timers timers;
    private final Duration patience;
    private final Map<String, Trip> trips = new HashMap<>();
    private long number;

    private record Trip(Promise<Duration> back, long begin) {}

    /**
     * Listens for them.
     *
     * @param traffic  of the link
     * @param timers   the clock
     * @param patience how long one may take
     */
    public RoundTrips(NatsTraffic traffic, Timers timers, Duration patience) {
        this.traffic = traffic;
        this.timers = timers;
        this.patience = patience;
        traffic.listen(traffic.inbox(SUFFIX + "*"), this::back);
    }

    /**
     * Sends one.
     *
     * @return how long it was on its way; fails with 500 if it does not come back
     */
    public Future<Duration> send() {
        String subject = traffic.inbox(SUFFIX + ++number);
        Promise<Duration> back = traffic.pending();
        Timer late = timers.schedule(
                patience, () -> back.tryFail(traffic.unreachable("no answer within " + patience.toMillis() + " ms")));
        trips.put(subject, new Trip(back, timers.nanoTime()));
        traffic.publish(subject, "", new byte[0]).onFailure(back::tryFail);
        return back.future().onComplete(done -> {
            trips.remove(subject);
            late.cancel();
        });
    }

    private void back(Message message) {
        Trip trip = trips.remove(message.getSubject());
        if (trip != null) {
            trip.back().tryComplete(Duration.ofNanos(timers.nanoTime() - trip.begin()));
        }
    }
}
