package dev.vertxmicro.engine.eventbus.stream;

import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How long the other end of a large body may take nothing of it. Used on one context. */
final class ReadingLimit {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Timers timers;
    private final Executor context;
    private final LongSupplier read;
    private final Runnable exceeded;
    private @Nullable Timer timer;
    private long before;
    private boolean over;

    ReadingLimit(Timers timers, Executor context, LongSupplier read, Runnable exceeded) {
        this.timers = timers;
        this.context = context;
        this.read = read;
        this.exceeded = exceeded;
    }

    /** Looks again after a while, where there is something to read. */
    void begin() {
        if (!over) {
            before = read.getAsLong();
            timer = timers.schedule(PATIENCE, () -> context.execute(this::check));
        }
    }

    private void check() {
        if (over) {
            return;
        }
        if (read.getAsLong() == before) {
            exceeded.run();
        } else {
            begin();
        }
    }

    /** All is read. */
    void end() {
        over = true;
        Timer known = timer;
        if (known != null) {
            known.cancel();
        }
    }
}
