package dev.vertxmicro.registry.nats.link;

import io.nats.client.Message;
import io.nats.client.MessageHandler;
import io.vertx.core.Handler;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * Brings messages from the thread of jnats to the context of the registry, in order. That thread waits while too many are on their way,
 * so that what a busy context cannot take is held, and bounded, by the pending limits of jnats.
 */
final class MessageHandover {
    private static final int MOST = 1024;

    private final Semaphore places = new Semaphore(MOST);
    private final Executor context;

    MessageHandover(Executor context) {
        this.context = context;
    }

    /** Makes what jnats calls of what is to be called on the context. */
    MessageHandler to(Handler<Message> receiver) {
        return message -> {
            places.acquire();
            try {
                context.execute(() -> {
                    places.release();
                    receiver.handle(message);
                });
            } catch (RuntimeException engineIsClosing) {
                places.release();
            }
        };
    }
}
