package dev.vertxmicro.wrapper.auth.token;

import dev.vertxmicro.time.OutageLines;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.wrapper.auth.proof.FromFiles;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keys that a URL has, besides those of the settings. They are asked for when somebody calls and they are due, one request at a time
 * however many wait for it; the last good ones stay while the URL is away.
 */
public final class JwksKeys implements KeySource {
    private static final System.Logger LOG = System.getLogger(JwksKeys.class.getName());
    private static final String NO_KEYS = "no keys";

    private final Vertx vertx;
    private final Timers timers;
    private final SmallFetch fetch;
    private final Settings settings;
    private final FromFiles<List<VerificationKey>> own;
    private final int cacheSize;
    private final OutageLines outage;
    private volatile State state;
    private @Nullable Promise<KeyRing> running;
    private boolean closed;

    /**
     * Where keys are, and how often they are asked for.
     *
     * @param url     where
     * @param refresh after how long they are asked for again
     * @param pause   how long from one request to the next at least, whatever happens
     */
    public record Settings(String url, Duration refresh, Duration pause) {}

    /** Empty until keys have come for the first time; {@code attempted} means nothing before the first attempt. */
    private record State(
            Optional<KeyRing> ring,
            List<VerificationKey> own,
            List<VerificationKey> fetched,
            @Nullable Buffer body,
            boolean tried,
            boolean failed,
            long attempted) {
        State with(List<VerificationKey> keys, KeyRing made) {
            return new State(Optional.of(made), keys, fetched, body, tried, failed, attempted);
        }
    }

    /**
     * Makes one, which asks when it is asked.
     *
     * @param vertx     what verifies
     * @param timers    the clock
     * @param fetch     asks the URL; closed with this
     * @param settings  what is asked when
     * @param own       keys of the settings, and of their files; closed with this
     * @param cacheSize how many verified tokens are kept
     */
    public JwksKeys(
            Vertx vertx,
            Timers timers,
            SmallFetch fetch,
            Settings settings,
            FromFiles<List<VerificationKey>> own,
            int cacheSize) {
        this.vertx = vertx;
        this.timers = timers;
        this.fetch = fetch;
        this.settings = settings;
        this.own = own;
        this.cacheSize = cacheSize;
        this.outage = new OutageLines(LOG, timers);
        this.state = new State(Optional.empty(), List.of(), List.of(), null, false, false, 0);
    }

    @Override
    public Optional<KeyRing> current() {
        State now = state;
        long age = timers.nanoTime() - now.attempted();
        if (now.ring().isEmpty() || age >= 2 * settings.refresh().toNanos()) {
            return Optional.empty(); // nobody has called for long: a key may be gone since
        }
        if (age >= (now.failed() ? settings.pause() : settings.refresh()).toNanos()) {
            begin();
        }
        return Optional.of(withOwn(now.ring().get()));
    }

    /** Makes another ring where files of the settings have changed. */
    private KeyRing withOwn(KeyRing ring) {
        List<VerificationKey> keys = own.current();
        if (keys.equals(state.own())) {
            return ring;
        }
        synchronized (this) {
            if (!keys.equals(state.own()) && state.ring().isPresent()) {
                state = state.with(keys, ring(keys, state.fetched()));
            }
            return state.ring().orElse(ring);
        }
    }

    private KeyRing ring(List<VerificationKey> keys, List<VerificationKey> fetched) {
        return KeyRing.of(Stream.concat(keys.stream(), fetched.stream()).toList(), cacheSize);
    }

    @Override
    public Future<KeyRing> renewed() {
        Promise<KeyRing> mine = timers.promise();
        own.renewed().compose(keys -> begin().map(this::withOwn)).onComplete(renewed -> complete(mine, renewed));
        return mine.future();
    }

    private static void complete(Promise<KeyRing> promise, AsyncResult<KeyRing> result) {
        if (result.succeeded()) {
            promise.tryComplete(result.result());
        } else {
            promise.tryFail(result.cause());
        }
    }

    @Override
    public boolean away() {
        return state.failed();
    }

    /** Begins a request, unless one runs, or one did a short time ago. */
    private Future<KeyRing> begin() {
        Promise<KeyRing> begun;
        synchronized (this) {
            if (running != null) {
                return running.future();
            }
            State now = state;
            boolean early = now.tried()
                    && timers.nanoTime() - now.attempted() < settings.pause().toNanos();
            if (early || closed) {
                return now.ring().map(Future::succeededFuture).orElseGet(() -> Future.failedFuture(NO_KEYS));
            }
            begun = Promise.promise();
            running = begun;
        }
        request().onComplete(answered -> settle(begun, answered));
        return begun.future();
    }

    private Future<Buffer> request() {
        try {
            RequestOptions options =
                    new RequestOptions().setMethod(HttpMethod.GET).setAbsoluteURI(settings.url());
            return fetch.send(options.putHeader("Accept", "application/json"), Buffer.buffer());
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private void settle(Promise<KeyRing> begun, AsyncResult<Buffer> answered) {
        State after;
        try {
            after = answered.succeeded() ? known(answered.result()) : unknown(answered.cause());
        } catch (RuntimeException noKeys) {
            after = unknown(noKeys);
        }
        synchronized (this) {
            state = after;
            running = null;
        }
        after.ring().ifPresentOrElse(begun::tryComplete, () -> begun.tryFail(NO_KEYS));
    }

    private State known(Buffer body) {
        State before = state;
        boolean same = before.ring().isPresent() && body.equals(before.body());
        List<VerificationKey> fetched = same ? before.fetched() : JwkReader.read(vertx, body);
        List<VerificationKey> keys = own.current();
        Optional<KeyRing> ring = same && keys.equals(before.own()) ? before.ring() : Optional.of(ring(keys, fetched));
        outage.back("keys of " + settings.url());
        return new State(ring, keys, fetched, body, true, false, timers.nanoTime());
    }

    private State unknown(Throwable why) {
        outage.lost("keys of " + settings.url() + " could not be read: " + why.getMessage());
        State before = state;
        return new State(before.ring(), before.own(), before.fetched(), before.body(), true, true, timers.nanoTime());
    }

    @Override
    public synchronized Future<Void> close() {
        closed = true;
        own.close();
        outage.end();
        return fetch.close();
    }
}
