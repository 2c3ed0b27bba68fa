package dev.vertxmicro.verticle.ownership;

import io.vertx.core.Future;
import java.util.List;

/** Several tasks as one: begun in order, ended in the opposite one. */
public record TaskSequence(List<ExclusiveTask> parts) implements ExclusiveTask {
    public TaskSequence {
        parts = List.copyOf(parts);
    }

    @Override
    public Future<Void> begin(Lease lease) {
        Future<Void> begun = Future.succeededFuture();
        for (ExclusiveTask part : parts) {
            begun = begun.compose(done -> part.begin(lease));
        }
        return begun.recover(failure -> end().transform(ended -> Future.failedFuture(failure)));
    }

    @Override
    public Future<Void> end() {
        Future<Void> ended = Future.succeededFuture();
        for (int i = parts.size() - 1; i >= 0; i--) {
            ExclusiveTask part = parts.get(i);
            ended = ended.eventually(part::end);
        }
        return ended;
    }
}
