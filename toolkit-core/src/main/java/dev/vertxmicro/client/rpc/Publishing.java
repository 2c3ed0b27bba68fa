package dev.vertxmicro.client.rpc;

import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.error.Catching;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.time.Timer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;

/**
 * Publishes for a client (go-micro {@code client/rpc_client.go}, {@code Publish}); connects the broker before the first
 * message, should nobody have done so.
 */
final class Publishing {
    private static final String ID = ClientFailure.ID;

    private final ClientOptions options;
    private final ClientParts parts;
    private volatile boolean connected;

    Publishing(ClientOptions options, ClientParts parts) {
        this.options = options;
        this.parts = parts;
    }

    <T> Future<Void> publish(CallContext context, Topic<T> topic, T payload) {
        if (context.cancellation().isCancelled()) {
            return Future.failedFuture(MicroException.timeout(ID, "context canceled"));
        }
        Duration left = left(context);
        if (left.isNegative() || left.isZero()) {
            return Future.failedFuture(MicroException.timeout(ID, "context deadline exceeded"));
        }
        Topic<T> typed = inContentType(topic);
        Message message;
        try {
            message = typed.encode(payload, metadata(context));
        } catch (Throwable unwritable) {
            return Future.failedFuture(ClientFailure.codec(unwritable));
        }
        Future<Void> published = send(topic.name(), message);
        boolean unlimited = !context.hasDeadline() && context.cancellation() == Cancellation.NEVER;
        return unlimited || published.isComplete() ? published : limited(published, context, left);
    }

    private Duration left(CallContext context) {
        return context.hasDeadline()
                ? Duration.ofNanos(context.deadline() - parts.timers().nanoTime())
                : Duration.ofNanos(Long.MAX_VALUE);
    }

    /** A topic that names no content type takes the client's. */
    private <T> Topic<T> inContentType(Topic<T> topic) {
        return topic.contentType().isPresent() ? topic : topic.withContentType(options.contentType());
    }

    /** What describes the call that causes this message must not describe the message. */
    private static Metadata metadata(CallContext context) {
        Metadata outgoing = context.outgoing();
        Metadata.Builder headers = Metadata.builder(outgoing.size());
        outgoing.forEach((name, value) -> {
            if (!Headers.ofOneMessage(name)) {
                headers.add(name, value);
            }
        });
        return headers.build();
    }

    private Future<Void> send(String topic, Message message) {
        if (connected) {
            return Catching.future("broker", () -> parts.broker().publish(topic, message));
        }
        return Catching.future("broker", () -> parts.broker().connect()).compose(done -> {
            connected = true;
            return Catching.future("broker", () -> parts.broker().publish(topic, message));
        });
    }

    /** Stops waiting when the context does; the message may still be on its way. */
    private Future<Void> limited(Future<Void> published, CallContext context, Duration left) {
        Promise<Void> promise = parts.timers().promise();
        Timer deadline = context.hasDeadline()
                ? parts.timers()
                        .schedule(
                                left,
                                () -> promise.tryFail(
                                        MicroException.timeout(ID, "publish timeout: context deadline exceeded")))
                : () -> {};
        Runnable unhook = context.cancellation()
                .onCancel(() -> promise.tryFail(MicroException.timeout(ID, "context canceled")
                        .withCause(context.cancellation().cause())));
        published.onComplete(done -> {
            if (done.succeeded()) {
                promise.tryComplete();
            } else {
                promise.tryFail(done.cause());
            }
        });
        return promise.future().onComplete(done -> {
            deadline.cancel();
            unhook.run();
        });
    }
}
