package dev.vertxmicro.service;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Lets every step of a start pass but one, which is held until the test lets it go on. */
final class HeldSteps {
    final List<String> begun = new ArrayList<>();
    private final String held;
    private final boolean workFirst;
    private Runnable release = () -> {};

    /** Holds a step: before it does its work, or, with {@code workFirst}, when only its answer is missing. */
    HeldSteps(String held, boolean workFirst) {
        this.held = held;
        this.workFirst = workFirst;
    }

    <T> Future<T> step(String name, Supplier<Future<T>> work) {
        begun.add(name);
        if (!name.equals(held)) {
            return work.get();
        }
        Promise<T> answer = Promise.promise();
        if (workFirst) {
            Future<T> done = work.get();
            release = () -> done.onComplete(answer);
        } else {
            release = () -> work.get().onComplete(answer);
        }
        return answer.future();
    }

    boolean reached() {
        return begun.contains(held);
    }

    void release() {
        release.run();
    }
}
