package dev.vertxmicro.verticle;

import dev.vertxmicro.engine.eventbus.BusCancellations;
import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.service.Service;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Serves a service whose handlers live behind event-bus addresses: listens, registers, and forwards each call of
 * {@code $.server.endpoints} to {@code micro.handler/<service>/<endpoint>}. docs/event-bus.md describes the messages.
 */
public final class ServerVerticle extends ServiceVerticle {

    private final String prefix = UUID.randomUUID() + "-";
    private final AtomicLong calls = new AtomicLong();

    /** For the deployment by name. */
    public ServerVerticle() {}

    @Override
    protected void configure(Service target) {
        String name = descriptor().server().name();
        List<String> endpoints = descriptor().endpoints();
        for (String endpoint : endpoints) {
            String address = BusProtocol.handler(name, endpoint);
            target.server()
                    .handle(
                            Endpoint.unary(endpoint, Buffer.class, Buffer.class),
                            (request, context) -> forward(address, request, context));
        }
    }

    private Future<Buffer> forward(String address, Buffer request, CallContext context) {
        DeliveryOptions options = BusMessages.versioned();
        BusMessages.metadata(context.metadata(), options);
        String contentType = context.metadata().value(Headers.CONTENT_TYPE, "application/protobuf");
        options.addHeader(BusProtocol.CONTENT_TYPE, contentType);
        if (context.hasDeadline()) {
            long left = Math.max(1_000_000, context.deadline() - System.nanoTime());
            options.addHeader(BusProtocol.TIMEOUT, Long.toString(left)).setSendTimeout(left / 1_000_000);
        }
        Object body;
        try {
            body = contentType.startsWith("application/json") ? json(request) : request;
        } catch (RuntimeException e) {
            return Future.failedFuture(MicroException.badRequest(address, "json: " + e.getMessage()));
        }
        String call = prefix + calls.incrementAndGet();
        Promise<Buffer> answer = Promise.promise();
        Future<Buffer> replied = vertx.eventBus()
                .request(address, body, options.addHeader(BusProtocol.CALL, call))
                .transform(reply -> reply.failed()
                        ? Future.failedFuture(BusMessages.error(address, reply.cause()))
                        : bytes(address, reply.result()));
        Runnable unhook = context.cancellation().onCancel(() -> {
            BusCancellations.publish(vertx.eventBus(), call);
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

    /** An empty body is the empty message, as everywhere. */
    private static JsonObject json(Buffer body) {
        return body.length() == 0 ? new JsonObject() : new JsonObject(body);
    }

    private static Future<Buffer> bytes(String address, Message<Object> reply) {
        if (reply.body() instanceof JsonObject json) {
            return Future.succeededFuture(json.toBuffer());
        }
        if (reply.body() instanceof Buffer bytes) {
            return Future.succeededFuture(bytes);
        }
        String kind = reply.body() == null ? "null" : reply.body().getClass().getName();
        return Future.failedFuture(
                MicroException.internal(address, "handler answered " + kind + " (expected: a Buffer or a JsonObject)"));
    }
}
