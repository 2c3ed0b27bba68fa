package dev.vertxmicro.transport.http;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A warning that is logged at most once in ten seconds: who floods us with connections shall not flood the log. */
final class RareWarning {
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final System.Logger log;
    private final AtomicLong last = new AtomicLong(System.nanoTime() - PAUSE_NANOS);

    RareWarning(System.Logger log) {
        this.log = log;
    }

    void warn(String format, Object... values) {
        long before = last.get();
        long now = System.nanoTime();
        if (now - before >= PAUSE_NANOS && last.compareAndSet(before, now)) {
            log.log(System.Logger.Level.WARNING, format, values);
        }
    }
}
