package dev.vertxmicro.broker.local;

import org.jspecify.annotations.Nullable;

/** A message on its way to one group of subscribers. Used within {@link Exclusive} only. */
final class QueuedMessage {
    final Handover handover;
    int attempts;
    private boolean accepted;
    private boolean settled;

    QueuedMessage(Handover handover) {
        this.handover = handover;
    }

    /** Counts once, however often it moves on: a member took it, or the group is no more. */
    void accepted() {
        if (!accepted) {
            accepted = true;
            handover.oneAccepted();
        }
    }

    /** Nobody needs it any more; with a reason, because nobody is left to take it. Counts once. */
    void settled(@Nullable Throwable reason) {
        if (!settled) {
            settled = true;
            handover.oneSettled(reason);
        }
    }

    /** Those for whom it was were closed. */
    void refused(Throwable reason) {
        if (!accepted) {
            accepted = true;
            handover.oneRefused(reason);
        }
        settled(reason);
    }
}
