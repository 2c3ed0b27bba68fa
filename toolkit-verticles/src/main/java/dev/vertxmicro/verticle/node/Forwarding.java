package dev.vertxmicro.verticle.node;

import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.engine.eventbus.ByReference;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.verticle.streams.HandlerBodies;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Hands what came for handlers of this process to them, and their answers back, as bytes. Used on the context of its agent. */
final class Forwarding {
    /** Header of a reply that is none: no handler has seen the call. */
    static final String ABSENT = "micro-absent";

    /** Headers of the reply of a handler that takes a stream. */
    private static final Set<String> OF_STREAMS =
            Set.of(BusProtocol.STREAM_ADDRESS, BusProtocol.STREAM_ID, BusProtocol.CREDIT);

    private static final long MOST_MILLIS = TimeUnit.HOURS.toMillis(1);

    private final EventBus bus;
    private final ByReference bodies;
    private final NodeExchange exchange;
    private boolean used;
    private int running;
    private @Nullable Promise<Void> drained;

    Forwarding(Vertx vertx, NodeExchange exchange) {
        this.bus = vertx.eventBus();
        this.bodies = ByReference.of(vertx);
        this.exchange = exchange;
    }

    /** Tells whether anybody has ever sent something. */
    boolean isUsed() {
        return used;
    }

    Future<Void> drained() {
        Promise<Void> promise = drained == null ? Promise.promise() : drained;
        drained = promise;
        if (running == 0) {
            promise.tryComplete();
        }
        return promise.future();
    }

    /** Counts what comes or goes in parts as running, until it has. */
    void running(Future<?> until) {
        used = true;
        running++;
        until.onComplete(over -> left());
    }

    private void left() {
        running--;
        if (running == 0 && drained != null) {
            drained.tryComplete();
        }
    }

    /** Where the answer goes. */
    interface Asker {
        /** Answers; completes, on the context of the caller, when the answer has left or cannot. */
        Future<?> answer(@Nullable Object body, DeliveryOptions options);

        default Future<?> fail(MicroException error) {
            return answer(null, BusMessages.versioned().addHeader(NodeExchange.ERROR, error.text()));
        }
    }

    void forward(Message<Object> message) {
        NodeExchange.Return to = NodeExchange.Return.take(message.headers());
        if (to != null) { // else nobody waits
            forward(message.headers(), message.body(), (body, options) -> exchange.answer(to, body, options));
        }
    }

    /** Hands a call to its handler; the headers are those that it gets, and some for the agent. */
    void forward(MultiMap headers, @Nullable Object sent, Asker to) {
        String handler = headers.get(BusProtocol.HANDLER);
        if (handler == null || !handler.startsWith(BusProtocol.HANDLERS)) {
            to.fail(MicroException.badRequest(
                    BusProtocol.HANDLER, "handler: " + handler + " (expected: " + BusProtocol.HANDLERS + "…)"));
            return;
        }
        String named = headers.get(BusProtocol.CONTENT_TYPE);
        String contentType = named == null ? HandlerRequests.PROTOBUF : named;
        Object body;
        try {
            body = sent instanceof Buffer bytes ? HandlerBodies.request(handler, bytes, contentType) : sent;
        } catch (MicroException e) {
            to.fail(e);
            return;
        }
        headers.remove(BusProtocol.ACTION).remove(BusProtocol.HANDLER);
        DeliveryOptions options = new DeliveryOptions().setHeaders(headers).setLocalOnly(true);
        options.setSendTimeout(millis(handler, headers));
        running(bus.request(handler, body, bodies.options(options, body))
                .transform(reply -> relay(to, handler, contentType, reply).otherwiseEmpty()));
    }

    private static long millis(String handler, MultiMap headers) {
        try {
            return BusMessages.timeout(handler, headers)
                    .map(left -> Math.max(1, Math.min(MOST_MILLIS, left.toMillis())))
                    .orElse(DeliveryOptions.DEFAULT_TIMEOUT);
        } catch (MicroException noNumber) {
            return DeliveryOptions.DEFAULT_TIMEOUT;
        }
    }

    private static Future<?> relay(Asker to, String handler, String contentType, AsyncResult<Message<Object>> reply) {
        if (reply.failed()) {
            if (BusMessages.untaken(reply.cause())) {
                return to.answer(null, BusMessages.versioned().addHeader(ABSENT, "true"));
            }
            return to.fail(BusMessages.error(handler, reply.cause()));
        }
        try {
            DeliveryOptions options = BusMessages.versioned();
            for (Map.Entry<String, String> header : reply.result().headers()) {
                if (header.getKey().startsWith(BusProtocol.METADATA) || OF_STREAMS.contains(header.getKey())) {
                    options.addHeader(header.getKey(), header.getValue());
                }
            }
            return to.answer(HandlerBodies.answer(handler, reply.result().body(), contentType), options);
        } catch (MicroException e) {
            return to.fail(e);
        }
    }
}
