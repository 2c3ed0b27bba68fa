package dev.vertxmicro.verticle.node;

import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.stream.BusStreams;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.server.ServerStream;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.verticle.streams.HandlerBodies;
import dev.vertxmicro.verticle.streams.SocketStream;
import dev.vertxmicro.verticle.streams.StreamRelay;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

/** Sends each call to the address of its handler, wherever a consumer of it is: Vert.x chooses by turns. */
final class AddressRoute implements HandlerRoute {
    private final HandlerRequests requests;
    private final BusStreams streams;

    AddressRoute(Vertx vertx) {
        LocalHandlers.of(vertx); // so that those of this process fail when they throw
        this.requests = new HandlerRequests(vertx);
        this.streams = new BusStreams(vertx, BusStreams.MAX_MESSAGE_BYTES);
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
            String handler, NodeExchange.Answer reply, String contentType, CallContext context) {
        try {
            Buffer body = HandlerBodies.answer(handler, reply.body(), contentType);
            BusMessages.metadata(reply.headers()).forEach(context::addResponseMetadata);
            return Future.succeededFuture(body);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    /** Opens a stream to a handler, of this process only or of any. */
    Future<Socket> open(String handler, CallContext context, boolean localOnly) {
        return streams.open(
                HandlerRequests.isJson(context),
                context.cancellation(),
                opening -> requests.open(handler, context, localOnly, opening));
    }

    /** Opens a stream to a handler by the agent of its process. */
    Future<Socket> open(NodeExchange exchange, String agent, String handler, CallContext context) {
        return streams.open(
                HandlerRequests.isJson(context),
                context.cancellation(),
                opening -> requests.openByAgent(exchange, agent, handler, context, opening));
    }

    @Override
    public Future<Void> stream(String handler, ServerStream<Buffer, Buffer> stream, CallContext context) {
        return open(handler, context, false)
                .compose(socket -> StreamRelay.join(handler, stream, new SocketStream(socket)));
    }

    @Override
    public Future<Void> ready() {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> close() {
        return streams.close();
    }
}
