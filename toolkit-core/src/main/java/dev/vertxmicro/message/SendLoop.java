package dev.vertxmicro.message;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Iterator;
import java.util.function.Function;

/**
 * Sends messages one after the other, each when there is room for it. A loop rather than a chain of futures: as long as there is
 * room they are complete at once, and a chain of them is as deep as it is long.
 *
 * @param <T> type of the messages
 */
public final class SendLoop<T> {
    private final Iterator<? extends T> messages;
    private final Function<T, Future<Void>> send;
    private final Promise<Void> done = Promise.promise();

    private SendLoop(Iterator<? extends T> messages, Function<T, Future<Void>> send) {
        this.messages = messages;
        this.send = send;
    }

    /**
     * Sends all messages.
     *
     * @param messages asked for the next only when there is room for it; what it or {@code send} throws fails the future
     * @param send     sends one; completes when another may be sent
     * @param <T>      type of the messages
     * @return completes when all are sent; fails as soon as one is not
     */
    public static <T> Future<Void> run(Iterator<? extends T> messages, Function<T, Future<Void>> send) {
        SendLoop<T> loop = new SendLoop<>(messages, send);
        loop.go();
        return loop.done.future();
    }

    private void go() {
        try {
            while (messages.hasNext()) {
                Future<Void> sent = send.apply(messages.next());
                if (!sent.succeeded()) {
                    sent.onComplete(room -> go(), done::tryFail);
                    return;
                }
            }
            done.tryComplete();
        } catch (Throwable failure) {
            done.tryFail(failure);
        }
    }
}
