package dev.vertxmicro.registry.fixed;

import dev.vertxmicro.error.Catching;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks after the file of services from its first use on, and tells what it says when that has changed. What is broken is left alone, and
 * logged once if it stays so: who writes a file in place has it half written for a moment. Confined to the context of its registry.
 */
final class FileWatch {
    private static final System.Logger LOG = LateLogger.of(FileWatch.class);
    private static final RareWarning BROKEN = RareWarning.of(LOG);
    private static final RareWarning READ = RareWarning.of(LOG);

    private final Vertx vertx;
    private final Timers timers;
    private final String name;
    private final Duration reload;
    private final Consumer<List<FixedService>> listener;
    private @Nullable String text;
    private @Nullable Future<Void> looking;
    private @Nullable Timer next;
    private String doubtful = "";
    private boolean warned;
    private boolean closed;

    /**
     * Makes one.
     *
     * @param name     of the file; empty for none
     * @param listener is told what it says
     */
    FileWatch(Vertx vertx, Timers timers, String name, Duration reload, Consumer<List<FixedService>> listener) {
        this.vertx = vertx;
        this.timers = timers;
        this.name = name;
        this.reload = reload;
        this.listener = listener;
    }

    /** Completes when the file, if there is one, was read once; fails where it never was good. */
    Future<Void> current() {
        return name.isEmpty() || text != null ? Future.succeededFuture() : look();
    }

    private Future<Void> look() {
        Future<Void> running = looking;
        if (running != null) {
            return running;
        }
        Future<Void> look = Catching.future(
                        "static", () -> vertx.executeBlocking(() -> ServiceFile.read(Path.of(name)), false))
                .transform(read -> {
                    looking = null;
                    later(); // first, whatever those who are told throw
                    return read.succeeded() ? good(read.result()) : broken(read.cause());
                });
        if (!look.isComplete()) {
            looking = look;
        }
        return look;
    }

    private Future<Void> good(ServiceFile file) {
        boolean again = text != null;
        if (warned) {
            READ.info("static: " + name + " is good again");
        }
        warned = false;
        doubtful = "";
        if (!closed && !file.text().equals(text)) {
            text = file.text();
            listener.accept(file.services());
            if (again) {
                READ.info("static: " + name + " read anew");
            }
        }
        return Future.succeededFuture();
    }

    private Future<Void> broken(Throwable failure) {
        String why = String.valueOf(failure.getMessage());
        if (text != null && doubtful.equals(why) && !warned) {
            warned = true;
            BROKEN.warn("static: " + why + "; what it held before stays");
        }
        warned &= doubtful.equals(why);
        doubtful = why;
        return Future.failedFuture(
                MicroException.internal(StaticRegistry.ID, "static: " + why).withoutStackTrace());
    }

    private void later() {
        Timer before = next;
        next = null;
        if (before != null) {
            before.cancel();
        }
        if (!closed && !reload.isZero()) {
            next = timers.schedule(reload, () -> look());
        }
    }

    /** Looks no more. */
    void close() {
        closed = true;
        later();
    }
}
