package dev.vertxmicro.wrapper.auth.proof;

import dev.vertxmicro.error.Catching;
import dev.vertxmicro.time.OutageLines;
import dev.vertxmicro.time.Timers;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is made of files, and made anew when they have changed: looked for on a worker thread, when somebody asks and ten seconds have
 * passed since. What was good last stays while they cannot be read, or are no good. Used concurrently.
 *
 * @param <T> what is made
 */
public final class FromFiles<T> {
    private static final System.Logger LOG = System.getLogger(FromFiles.class.getName());
    private static final long INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MOST_BYTES = 16 << 20;

    private final Vertx vertx;
    private final Timers timers;
    private final List<String> files;
    private final Supplier<T> maker;
    private final OutageLines outage;
    private volatile T made;
    private volatile long looked;
    private List<Buffer> contents;
    private @Nullable Promise<T> running;
    private boolean closed;

    /**
     * Makes it for the first time, on this thread.
     *
     * @param vertx  has the worker threads
     * @param timers the clock
     * @param files  the files; where there are none nothing ever changes
     * @param maker  reads them, and makes of them what is wanted
     * @throws IllegalArgumentException as the maker throws it
     */
    public FromFiles(Vertx vertx, Timers timers, List<String> files, Supplier<T> maker) {
        this.vertx = vertx;
        this.timers = timers;
        this.files = List.copyOf(files);
        this.maker = maker;
        this.outage = new OutageLines(LOG, timers);
        List<Buffer> first;
        try {
            first = contents();
        } catch (IOException | InvalidPathException said) { // by the maker, in its own words
            first = List.of();
        }
        this.contents = first;
        this.made = maker.get();
        this.looked = timers.nanoTime();
    }

    /** Gives what was made last, at no cost; looks for changes besides, if that is due. */
    public T current() {
        if (!files.isEmpty() && timers.nanoTime() - looked >= INTERVAL_NANOS) {
            look();
        }
        return made;
    }

    /**
     * Looks for changes, unless that was done a second ago.
     *
     * @return what is good then, on the context of the caller; never fails
     */
    public Future<T> renewed() {
        Promise<T> mine = timers.promise();
        if (files.isEmpty() || (timers.nanoTime() - looked < PAUSE_NANOS && !isRunning())) {
            mine.complete(made);
        } else {
            look().onComplete(done -> mine.tryComplete(made));
        }
        return mine.future();
    }

    private synchronized boolean isRunning() {
        return running != null;
    }

    /** One look at a time, however many wait for it. */
    private Future<T> look() {
        Promise<T> begun;
        synchronized (this) {
            if (running != null) {
                return running.future();
            }
            if (closed) {
                return Future.succeededFuture(made);
            }
            begun = Promise.promise();
            running = begun;
        }
        Catching.future("files", () -> vertx.executeBlocking(this::changed, false))
                .onComplete(done -> settle(begun, done));
        return begun.future();
    }

    private boolean changed() throws IOException {
        List<Buffer> found = contents();
        synchronized (this) {
            if (found.equals(contents)) {
                return false;
            }
        }
        T fresh = maker.get();
        synchronized (this) {
            contents = found;
            made = fresh;
        }
        return true;
    }

    private List<Buffer> contents() throws IOException {
        List<Buffer> all = new ArrayList<>();
        for (String file : files) {
            Path path = Path.of(file);
            if (Files.size(path) > MOST_BYTES) {
                throw new IOException("more than " + MOST_BYTES + " bytes");
            }
            all.add(Buffer.buffer(Files.readAllBytes(path)));
        }
        return all;
    }

    private void settle(Promise<T> begun, AsyncResult<Boolean> done) {
        looked = timers.nanoTime();
        String what = "keys of " + String.join(", ", files);
        if (done.failed()) {
            outage.lost(what + " are no good, those before stay: "
                    + done.cause().getClass().getSimpleName() + ": "
                    + done.cause().getMessage());
        } else {
            outage.back(what);
            if (done.result()) {
                LOG.log(System.Logger.Level.INFO, "{0} have changed and are used now", what);
            }
        }
        synchronized (this) {
            running = null;
        }
        begun.tryComplete(made);
    }

    /** Looks no more. */
    public synchronized void close() {
        closed = true;
        outage.end();
    }
}
