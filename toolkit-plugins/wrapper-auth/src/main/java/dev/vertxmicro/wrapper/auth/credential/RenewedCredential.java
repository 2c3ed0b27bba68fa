package dev.vertxmicro.wrapper.auth.credential;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.time.OutageLines;
import dev.vertxmicro.time.Timers;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A credential that is asked for again in time: when somebody calls and it is due, one request at a time however many wait for it. The
 * last good one is shown until it expires.
 */
public final class RenewedCredential implements Credential {
    private static final System.Logger LOG = System.getLogger(RenewedCredential.class.getName());
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private final Supplier<Future<Issued>> source;
    private final Supplier<Future<Void>> end;
    private final Timers timers;
    private final String what;
    private final OutageLines outage;
    private volatile @Nullable Held held;
    private @Nullable Promise<Held> running;
    private boolean failed;
    private boolean closed;
    private long attempted;

    /**
     * What a source gives.
     *
     * @param value   what is shown
     * @param renewal after how long it is asked for again
     * @param life    how long it is good; the longest duration if nobody knows
     */
    public record Issued(String value, Duration renewal, Duration life) {}

    private record Held(Optional<String> value, long since, long renewal, long life) {}

    /**
     * Makes one.
     *
     * @param what   names the source in the log
     * @param source asks for it; its failures are logged, so there is to be no secret in them
     * @param end    ends the source
     * @param timers the clock
     */
    public RenewedCredential(String what, Supplier<Future<Issued>> source, Supplier<Future<Void>> end, Timers timers) {
        this.what = what;
        this.source = source;
        this.end = end;
        this.timers = timers;
        this.outage = new OutageLines(LOG, timers);
    }

    @Override
    public Optional<String> ready() {
        Held now = held;
        if (now == null) {
            return Optional.empty();
        }
        long age = timers.nanoTime() - now.since();
        if (age >= now.renewal()) {
            begin();
        }
        return age < now.life() ? now.value() : Optional.empty();
    }

    @Override
    public Future<String> obtain() {
        Promise<String> mine = timers.promise();
        begin().onComplete(done -> {
            if (done.succeeded()) {
                mine.tryComplete(done.result().value().orElse(""));
            } else {
                mine.tryFail(none());
            }
        });
        return mine.future();
    }

    private Future<Held> begin() {
        Promise<Held> begun;
        synchronized (this) {
            if (running != null) {
                return running.future();
            }
            if (closed || (failed && timers.nanoTime() - attempted < PAUSE_NANOS)) {
                return Future.failedFuture(none());
            }
            attempted = timers.nanoTime();
            begun = Promise.promise();
            running = begun;
        }
        request().onComplete(answered -> settle(begun, answered));
        return begun.future();
    }

    private Future<Issued> request() {
        try {
            return source.get();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private void settle(Promise<Held> begun, AsyncResult<Issued> answered) {
        synchronized (this) {
            running = null;
            failed = answered.failed();
        }
        if (answered.failed()) {
            outage.lost(what + " gives no token: " + answered.cause().getMessage());
            begun.tryFail(none());
            return;
        }
        outage.back(what);
        Issued issued = answered.result();
        Held now =
                new Held(Optional.of(issued.value()), timers.nanoTime(), nanos(issued.renewal()), nanos(issued.life()));
        held = now;
        begun.tryComplete(now);
    }

    private static long nanos(Duration duration) {
        return duration.compareTo(Duration.ofDays(36_500)) > 0 ? Long.MAX_VALUE : duration.toNanos();
    }

    @Override
    public synchronized Future<Void> close() {
        closed = true;
        outage.end();
        return end.get();
    }

    /** Shows nothing of what it holds. */
    @Override
    public String toString() {
        return what;
    }

    private static MicroException none() {
        return MicroException.unavailable("go.micro.client", "no token for this call")
                .withoutStackTrace();
    }
}
