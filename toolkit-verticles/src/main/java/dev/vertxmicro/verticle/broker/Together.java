package dev.vertxmicro.verticle.broker;

import io.vertx.core.Future;
import java.util.List;

/** Several duties as one: begun in order, ended in the opposite one. */
record Together(List<Duties.Duty> parts) implements Duties.Duty {
    Together {
        parts = List.copyOf(parts);
    }

    @Override
    public Future<Void> begin() {
        Future<Void> begun = Future.succeededFuture();
        for (Duties.Duty part : parts) {
            begun = begun.compose(done -> part.begin());
        }
        return begun.recover(failure -> end().transform(ended -> Future.failedFuture(failure)));
    }

    @Override
    public Future<Void> end() {
        Future<Void> ended = Future.succeededFuture();
        for (int i = parts.size() - 1; i >= 0; i--) {
            Duties.Duty part = parts.get(i);
            ended = ended.eventually(part::end);
        }
        return ended;
    }
}
