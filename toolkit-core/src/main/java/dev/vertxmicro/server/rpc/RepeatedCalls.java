package dev.vertxmicro.server.rpc;

import dev.vertxmicro.error.Catching;
import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.server.DedupeOptions;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Knows calls again that come under the same key, from the same caller, to the same endpoint: while one runs the others wait for its
 * answer, and afterwards get it. What is kept is bounded in time, number and bytes; what runs is bounded by the limit of calls. May
 * be used concurrently.
 */
final class RepeatedCalls {
    /** What an entry takes besides its answer, about. */
    private static final long ENTRY_BYTES = 512;

    private final DedupeOptions options;
    private final Timers timers;
    // The fields below are guarded by this.
    private final Map<Key, Future<Answer>> running = new HashMap<>();
    /** In the order in which they were answered, and so in that of their end. */
    private final Map<Key, Kept> kept = new LinkedHashMap<>();

    private long bytes;

    /**
     * What a handler answered.
     *
     * @param payload  encoded
     * @param metadata what it added
     */
    record Answer(Buffer payload, Metadata metadata) {}

    private record Key(String caller, String host, String endpoint, String contentType, String key) {}

    private record Kept(Future<Answer> answer, long until, long bytes) {}

    RepeatedCalls(DedupeOptions options, Timers timers) {
        this.options = options;
        this.timers = timers;
    }

    /** Tells whether a call is to be known again. */
    boolean concern(CallContext context) {
        return !options.window().isZero()
                && !context.metadata().value(Headers.IDEMPOTENCY_KEY, "").isEmpty();
    }

    /**
     * Answers a call by the one that was made before under its key, or has it handled.
     *
     * @param call    which endpoint, and in which content type
     * @param context its key and its caller
     * @param handler is asked, the first time, with a context that ends with the call's deadline, though not with its caller: who has
     *                lost his connection is about to ask again
     * @return the answer; never completes if the handler never does
     */
    Future<Answer> once(WireCall call, CallContext context, Function<CallContext, Future<Answer>> handler) {
        Key key = key(call, context);
        Promise<Answer> first;
        synchronized (this) {
            purge();
            Kept known = kept.get(key);
            Future<Answer> before = known == null ? running.get(key) : known.answer();
            if (before != null) {
                return before;
            }
            first = Promise.promise();
            running.put(key, first.future());
        }
        Catching.future("handler", () -> handler.apply(detached(context))).onComplete(done -> {
            ended(key, done.succeeded() ? Future.succeededFuture(done.result()) : Future.failedFuture(done.cause()));
            first.handle(done);
        });
        return first.future();
    }

    private static Key key(WireCall call, CallContext context) {
        String remote = context.peer().remote();
        int port = remote.lastIndexOf(':');
        return new Key(
                context.metadata().value(Headers.FROM_SERVICE, ""),
                port < 0 ? remote : remote.substring(0, port),
                call.endpoint(),
                call.contentType(),
                context.metadata().value(Headers.IDEMPOTENCY_KEY, ""));
    }

    private CallContext detached(CallContext context) {
        Cancellation own = new Cancellation();
        Cancellation caller = context.cancellation();
        caller.onCancel(() -> {
            if (context.deadline() - timers.nanoTime() <= 0) {
                own.cancel(caller.cause());
            }
        });
        return context.withCancellation(own);
    }

    private synchronized void ended(Key key, Future<Answer> answer) {
        running.remove(key);
        boolean untouched =
                answer.cause() instanceof MicroException error && error.fault() == Fault.NOT_TAKEN && !error.remote();
        if (untouched) {
            return;
        }
        long size =
                ENTRY_BYTES + (answer.succeeded() ? answer.result().payload().length() : 0);
        kept.put(key, new Kept(answer, timers.nanoTime() + options.window().toNanos(), size));
        bytes += size;
        purge();
    }

    /** Drops what is over, and the oldest where there is too much. */
    private void purge() {
        long now = timers.nanoTime();
        Iterator<Kept> oldest = kept.values().iterator();
        while (oldest.hasNext()) {
            Kept next = oldest.next();
            if (next.until() - now > 0 && kept.size() <= options.maxEntries() && bytes <= options.maxBytes()) {
                return;
            }
            bytes -= next.bytes();
            oldest.remove();
        }
    }
}
