package dev.vertxmicro.verticle.node;

import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;

/** Sends each call to the address of its handler, wherever a consumer of it is: Vert.x chooses by turns. */
final class AddressRoute implements HandlerRoute {
    private final HandlerRequests requests;

    AddressRoute(Vertx vertx) {
        LocalHandlers.of(vertx); // so that those of this process fail when they throw
        this.requests = new HandlerRequests(vertx);
    }

    HandlerRequests requests() {
        return requests;
    }

    @Override
    public Future<Buffer> forward(
            Endpoint<Buffer, Buffer> endpoint, String handler, Buffer request, CallContext context) {
        String contentType = HandlerRequests.contentType(context);
        return requests.direct(handler, request, context, false)
                .transform(reply -> reply.failed()
                        ? Future.failedFuture(BusMessages.error(handler, reply.cause()))
                        : answer(handler, reply.result(), contentType, context));
    }

    private static Future<Buffer> answer(
            String handler, Message<Object> reply, String contentType, CallContext context) {
        try {
            Buffer body = HandlerBodies.answer(handler, reply.body(), contentType);
            BusMessages.metadata(reply.headers()).forEach(context::addResponseMetadata);
            return Future.succeededFuture(body);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    @Override
    public Future<Void> ready() {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
