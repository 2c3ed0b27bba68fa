package dev.vertxmicro.broker;

import dev.vertxmicro.message.Message;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.jspecify.annotations.Nullable;

/** A message on its way to one group of subscribers. Used within {@link Exclusive} only. */
final class Parcel {
    final Message message;
    int attempts;
    private final Publication publication;
    private boolean accepted;

    Parcel(Publication publication) {
        this.message = publication.message;
        this.publication = publication;
    }

    /** Counts once, however often the parcel moves on: a member took it, or the group is no more. */
    void accepted(Exclusive exclusive) {
        if (!accepted) {
            accepted = true;
            publication.accepted(exclusive);
        }
    }

    void fail(Exclusive exclusive, RuntimeException reason) {
        publication.fail(exclusive, reason);
    }

    /** A message on its way to all groups. */
    static final class Publication {
        final Message message;
        private int open;
        private @Nullable Promise<Void> promise;

        Publication(Message message) {
            this.message = message;
        }

        Parcel parcel() {
            open++;
            return new Parcel(this);
        }

        private void accepted(Exclusive exclusive) {
            open--;
            Promise<Void> waiting = promise;
            if (open == 0 && waiting != null) {
                exclusive.later(waiting::tryComplete);
            }
        }

        private void fail(Exclusive exclusive, RuntimeException reason) {
            Promise<Void> waiting = promise;
            if (waiting != null) {
                exclusive.later(() -> waiting.tryFail(reason));
            }
        }

        /** Completes when all groups have accepted; asked once, when all parcels are made. */
        Future<Void> future(Timers timers) {
            if (open == 0) {
                return Future.succeededFuture();
            }
            Promise<Void> waiting = timers.promise();
            promise = waiting;
            return waiting.future();
        }
    }
}
