package dev.vertxmicro.broker;

import dev.vertxmicro.error.MicroException;
import io.vertx.core.Promise;
import java.util.List;

/** Counts the groups that have yet to take a published message. Guarded by the broker. */
final class Publication {
    private final Promise<Void> promise;
    private int missing;

    Publication(Promise<Void> promise, int groups) {
        this.promise = promise;
        this.missing = groups;
    }

    /** With no group there is nobody to wait for. */
    void started(List<Runnable> later) {
        if (missing == 0) {
            later.add(promise::tryComplete);
        }
    }

    void accepted(List<Runnable> later) {
        missing--;
        if (missing == 0) {
            later.add(promise::tryComplete);
        }
    }

    void failed(MicroException error, List<Runnable> later) {
        later.add(() -> promise.tryFail(error));
    }
}
