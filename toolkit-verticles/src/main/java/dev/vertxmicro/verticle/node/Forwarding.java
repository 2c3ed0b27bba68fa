package dev.vertxmicro.verticle.node;

import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.engine.eventbus.BusBundle;
import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.engine.eventbus.ByReference;
import dev.vertxmicro.engine.eventbus.LocalRequests;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.verticle.streams.HandlerBodies;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Hands what came for handlers of this process to them, and their answers back, as bytes. Takes calls on the context of its agent, and
 * answers on the threads of handlers.
 */
final class Forwarding {
    /** Header of a reply that is none: no handler has seen the call. */
    static final String ABSENT = "micro-absent";

    /** Headers of the reply of a handler that takes a stream. */
    private static final Set<String> OF_STREAMS =
            Set.of(BusProtocol.STREAM_ADDRESS, BusProtocol.STREAM_ID, BusProtocol.CREDIT);

    /** Longer than anybody who sends lets pass without a question. */
    private static final long REMEMBERED_NANOS = TimeUnit.SECONDS.toNanos(30);
    /** Who does not say by then that he knows is hung, or of an earlier version. */
    private static final Duration LONGEST_NOTICE = Duration.ofSeconds(2);

    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(5);

    private static final long MOST_MILLIS = TimeUnit.HOURS.toMillis(1);

    private static final RareWarning UNREADABLE = RareWarning.of(LateLogger.of(Forwarding.class));

    private final LocalRequests requests;
    private final ByReference bodies;
    private final NodeExchange exchange;
    private final Timers timers;
    /** Who may send, and when they last asked for a sign of life. */
    private final Map<String, Long> senders = new HashMap<>();
    /** Those of them who may not know yet that this process goes. */
    private final Set<String> untold = new HashSet<>();

    private final Promise<Void> told = Promise.promise();
    private final AtomicInteger running = new AtomicInteger();
    private volatile @Nullable Promise<Void> drained;
    private volatile boolean ended;

    Forwarding(Vertx vertx, NodeExchange exchange) {
        this.requests = LocalRequests.of(vertx);
        this.bodies = ByReference.of(vertx);
        this.exchange = exchange;
        this.timers = VertxTimers.of(vertx);
    }

    /** An agent has asked for a sign of life, which all do who send something. */
    void asked(String agent) {
        long now = timers.nanoTime();
        if (senders.put(agent, now) == null) {
            senders.values().removeIf(last -> now - last > REMEMBERED_NANOS);
        }
    }

    /**
     * Tells those who may send that this process goes, and waits until they know it, and what they have sent by then is answered. What
     * still comes after that is told that there is no handler.
     *
     * @return completes then, after 5 s at the latest
     */
    Future<Void> end(JsonObject goodbye) {
        senders.remove(exchange.own());
        untold.addAll(senders.keySet());
        senders.keySet().forEach(agent -> exchange.tell(
                        agent, goodbye, BusMessages.versioned().addHeader(BusProtocol.ACTION, NodeAgent.DOWN))
                .onFailure(gone -> noted(agent)));
        if (untold.isEmpty()) {
            told.tryComplete();
        }
        timers.schedule(LONGEST_NOTICE, told::tryComplete);
        Promise<Void> quiet = Promise.promise();
        timers.schedule(LONGEST_DRAIN, quiet::tryComplete);
        told.future().compose(known -> drained()).onComplete(answered -> quiet.tryComplete());
        return quiet.future().onComplete(over -> ended = true);
    }

    /** An agent knows that this process goes, or is gone itself. */
    void noted(String agent) {
        if (untold.remove(agent) && untold.isEmpty()) {
            told.tryComplete();
        }
    }

    /** Completes when nothing is under way. */
    synchronized Future<Void> drained() {
        Promise<Void> promise = drained == null ? Promise.promise() : drained;
        drained = promise;
        if (running.get() == 0) {
            promise.tryComplete();
        }
        return promise.future();
    }

    /** Counts what comes or goes in parts as running, until it has. */
    void running(Future<?> until) {
        running.incrementAndGet();
        until.onComplete(over -> left());
    }

    private void left() {
        if (running.decrementAndGet() == 0) {
            Promise<Void> asked = drained;
            if (asked != null) {
                asked.tryComplete();
            }
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

    /** Takes what another agent had for this one in one turn of an event loop. */
    void bundle(Message<Object> message) {
        try {
            if (message.body() instanceof Buffer bytes) {
                BusBundle.read(bytes, this::taken);
            }
        } catch (IndexOutOfBoundsException malformed) {
            UNREADABLE.warn(
                    "agent: calls or answers lost with a message that cannot be read: " + malformed.getMessage());
        }
    }

    private void taken(MultiMap headers, @Nullable Buffer body) {
        if (NodeExchange.ANSWER.equals(headers.get(BusProtocol.ACTION))) {
            exchange.answered(headers.get(NodeExchange.QUESTION), new NodeExchange.Answer(headers, body));
        } else {
            forward(headers, body);
        }
    }

    void forward(Message<Object> message) {
        forward(message.headers(), message.body());
    }

    private void forward(MultiMap headers, @Nullable Object sent) {
        NodeExchange.Return to = NodeExchange.Return.take(headers);
        if (to != null) { // else nobody waits
            forward(headers, sent, (body, options) -> exchange.answer(to, body, options));
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
        if (ended) {
            absent(to);
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
        running.incrementAndGet();
        requests.send(handler, body, bodies.options(options, body), new Relay(to, handler, contentType));
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

    private static Future<?> absent(Asker to) {
        return to.answer(null, BusMessages.versioned().addHeader(ABSENT, "true"));
    }

    /** Hands on what a handler answers. */
    private final class Relay implements LocalRequests.Listener {
        private final Asker to;
        private final String handler;
        private final String contentType;

        private Relay(Asker to, String handler, String contentType) {
            this.to = to;
            this.handler = handler;
            this.contentType = contentType;
        }

        @Override
        public void replied(MultiMap headers, @Nullable Object body) {
            DeliveryOptions options = BusMessages.versioned();
            for (Map.Entry<String, String> header : headers) {
                if (header.getKey().startsWith(BusProtocol.METADATA) || OF_STREAMS.contains(header.getKey())) {
                    options.addHeader(header.getKey(), header.getValue());
                }
            }
            Buffer bytes;
            try {
                bytes = HandlerBodies.answer(handler, body, contentType);
            } catch (RuntimeException unreadable) {
                ended(to.fail(MicroException.from(handler, unreadable)));
                return;
            }
            ended(to.answer(bytes, options));
        }

        @Override
        public void failed(Throwable failure) {
            ended(BusMessages.untaken(failure) ? absent(to) : to.fail(BusMessages.error(handler, failure)));
        }

        private void ended(Future<?> answered) {
            answered.onComplete(over -> left());
        }
    }
}
