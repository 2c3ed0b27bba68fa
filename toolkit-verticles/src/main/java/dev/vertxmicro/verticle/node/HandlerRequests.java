package dev.vertxmicro.verticle.node;

import dev.vertxmicro.engine.eventbus.BusCancellations;
import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.engine.eventbus.ByReference;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Headers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Sends calls as messages of the protocol, to handlers or to agents, and tells handlers when nobody waits. */
final class HandlerRequests {
    static final String PROTOBUF = "application/protobuf";

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

    /** Sends to the handler itself, of this process only or of any. */
    Future<Message<Object>> direct(String handler, Buffer request, CallContext context, boolean localOnly) {
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
    Future<Message<Object>> byAgent(
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
        return exchange.ask(agent, call, request, options).onComplete(done -> unhook.run());
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

    private Future<Message<Object>> answered(String call, Future<Message<Object>> replied, CallContext context) {
        Promise<Message<Object>> answer = Promise.promise();
        Runnable unhook = context.cancellation().onCancel(() -> {
            BusCancellations.publish(bus, call);
            answer.tryFail(context.cancellation().cause());
        });
        replied.onComplete(done -> {
            unhook.run();
            if (done.succeeded()) {
                answer.tryComplete(done.result());
            } else {
                answer.tryFail(done.cause());
            }
        });
        return answer.future();
    }
}
