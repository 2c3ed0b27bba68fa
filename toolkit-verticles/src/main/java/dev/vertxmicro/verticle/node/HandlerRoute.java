package dev.vertxmicro.verticle.node;

import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.selector.SelectorOptions;
import dev.vertxmicro.server.ServerStream;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** The way of calls to handlers that are consumers of the event bus. May be used from any thread. */
public interface HandlerRoute {

    /**
     * Finds the way: in a cluster by the agents of its processes, else to the one address of the handler.
     *
     * @param vertx    whose event bus it is
     * @param handlers addresses of the handlers
     * @param selector strategy and ejection
     * @param client   retries
     * @return the way
     */
    static HandlerRoute of(Vertx vertx, List<String> handlers, SelectorOptions selector, ClientOptions client) {
        AddressRoute direct = new AddressRoute(vertx);
        return vertx.isClustered() ? new NodeRoute(vertx, handlers, direct, selector, client) : direct;
    }

    /**
     * Calls a handler.
     *
     * @param endpoint what is called
     * @param handler  its address
     * @param request  body of the call
     * @param context  of the call, as it arrived
     * @return the answer; fails as the handler does, with 503, not taken, if there is none at the moment
     */
    Future<Buffer> forward(Endpoint<Buffer, Buffer> endpoint, String handler, Buffer request, CallContext context);

    /**
     * Calls a handler that streams.
     *
     * @param handler its address
     * @param stream  the caller's stream
     * @param context of the stream, as it arrived
     * @return completes when the handler has ended the stream; fails as the handler does, with 503 if there is none at the moment
     */
    Future<Void> stream(String handler, ServerStream<Buffer, Buffer> stream, CallContext context);

    /**
     * Gets ready for calls.
     *
     * @return completes when it knows those processes that answer at once; never fails
     */
    Future<Void> ready();

    /**
     * Has no further calls.
     *
     * @return completes when that is so
     */
    Future<Void> close();
}
