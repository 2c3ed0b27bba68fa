package dev.vertxmicro.verticle.node;

import dev.vertxmicro.engine.eventbus.BusCancellations;
import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.engine.eventbus.ByReference;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.verticle.streams.HandlerBodies;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Sends calls as messages of the protocol, to handlers or to agents, and tells handlers when nobody waits. */
final class HandlerRequests {
    static final String PROTOBUF = "application/protobuf";
    /** Longer than anybody waits for a stream to open: who takes one later still hears that it is given up. */
    private static final Duration OPENING = Duration.ofSeconds(30);

    private final EventBus bus;
    private final ByReference bodies;
    private final String prefix = UUID.randomUUID() + "-";
    private final AtomicLong calls = new AtomicLong();

    HandlerRequests(Vertx vertx) {
        this.bus = vertx.eventBus();
        this.bodies = ByReference.of(vertx);
    }

    static String contentType(CallContext context) {
        return context.metadata().value(Headers.CONTENT_TYPE, PROTOBUF);
    }

    static boolean isJson(CallContext context) {
        return contentType(context).startsWith("application/json");
    }

    /** Asks the handler itself to take a stream. */
    Future<MultiMap> open(String handler, CallContext context, boolean localOnly, DeliveryOptions opening) {
        DeliveryOptions options = opening(context, opening).setLocalOnly(localOnly);
        return bus.request(handler, null, options)
                .map(Message::headers)
                .recover(failure -> Future.failedFuture(
                        BusMessages.untaken(failure)
                                ? NodeExchange.unreachable(handler)
                                : BusMessages.error(handler, failure)));
    }

    /** Asks the handler to take a stream, by the agent of its process. */
    Future<MultiMap> openByAgent(
            NodeExchange exchange, String agent, String handler, CallContext context, DeliveryOptions opening) {
        String question = call();
        DeliveryOptions options = opening(context, opening)
                .addHeader(BusProtocol.ACTION, NodeAgent.FORWARD)
                .addHeader(BusProtocol.HANDLER, handler);
        Runnable unhook = context.cancellation()
                .onCancel(() -> exchange.forget(question, context.cancellation().cause()));
        Timer patience = exchange.forgetAfter(OPENING, question);
        return exchange.ask(agent, question, null, options)
                .onComplete(done -> {
                    unhook.run();
                    patience.cancel();
                })
                .compose(reply -> {
                    String error = reply.headers().get(NodeExchange.ERROR);
                    if (reply.headers().contains(Forwarding.ABSENT)) {
                        return Future.failedFuture(NodeExchange.unreachable(handler));
                    }
                    return error == null
                            ? Future.succeededFuture(reply.headers())
                            : Future.failedFuture(MicroException.parse(error));
                });
    }

    private static DeliveryOptions opening(CallContext context, DeliveryOptions opening) {
        DeliveryOptions options = options(contentType(context), context).setSendTimeout(OPENING.toMillis());
        opening.getHeaders().forEach((name, value) -> {
            if (!name.equals(BusProtocol.VERSION_HEADER)) {
                options.addHeader(name, value);
            }
        });
        return options;
    }

    /** Sends to the handler itself, of this process only or of any. */
    Future<NodeExchange.Answer> direct(String handler, Buffer request, CallContext context, boolean localOnly) {
        String contentType = contentType(context);
        Object body;
        try {
            body = HandlerBodies.request(handler, request, contentType);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
        String call = call();
        DeliveryOptions options =
                options(contentType, context).setLocalOnly(localOnly).addHeader(BusProtocol.CALL, call);
        return answered(call, bus.request(handler, body, bodies.options(options, body)), context);
    }

    /** Sends bytes to an agent, which makes of them what the handler gets. */
    Future<NodeExchange.Answer> byAgent(
            NodeExchange exchange, String agent, String handler, Buffer request, CallContext context) {
        String call = call();
        DeliveryOptions options = options(contentType(context), context)
                .addHeader(BusProtocol.ACTION, NodeAgent.FORWARD)
                .addHeader(BusProtocol.HANDLER, handler)
                .addHeader(BusProtocol.CALL, call);
        Runnable unhook = context.cancellation().onCancel(() -> {
            BusCancellations.publish(bus, call);
            exchange.forget(call, context.cancellation().cause());
        });
        Future<NodeExchange.Answer> answer = LargeCalls.isLarge(request)
                ? exchange.askLargely(agent, call, request, options, context.cancellation())
                : exchange.ask(agent, call, request, options);
        return answer.onComplete(done -> unhook.run());
    }

    private static DeliveryOptions options(String contentType, CallContext context) {
        DeliveryOptions options = BusMessages.versioned();
        BusMessages.metadata(context.metadata(), options);
        options.addHeader(BusProtocol.CONTENT_TYPE, contentType);
        if (context.hasDeadline()) {
            long left = Math.max(1_000_000, context.deadline() - System.nanoTime());
            options.addHeader(BusProtocol.TIMEOUT, Long.toString(left)).setSendTimeout(left / 1_000_000);
        }
        return options;
    }

    private String call() {
        return prefix + calls.incrementAndGet();
    }

    private Future<NodeExchange.Answer> answered(String call, Future<Message<Object>> replied, CallContext context) {
        Promise<NodeExchange.Answer> answer = Promise.promise();
        Runnable unhook = context.cancellation().onCancel(() -> {
            BusCancellations.publish(bus, call);
            answer.tryFail(context.cancellation().cause());
        });
        replied.onComplete(done -> {
            unhook.run();
            if (done.succeeded()) {
                answer.tryComplete(NodeExchange.Answer.of(done.result()));
            } else {
                answer.tryFail(done.cause());
            }
        });
        return answer.future();
    }
}
