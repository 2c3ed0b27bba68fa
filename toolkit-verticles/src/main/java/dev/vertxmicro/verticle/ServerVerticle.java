package dev.vertxmicro.verticle;

import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.verticle.node.HandlerRoute;
import io.vertx.core.buffer.Buffer;
import java.util.stream.Stream;

/**
 * Serves a service whose handlers live behind event-bus addresses: listens, registers, and forwards each call of
 * {@code $.server.endpoints}, and each stream of {@code $.server.streams}, to a consumer of {@code micro.handler/<service>/<endpoint>}, in a cluster to one that it chooses as a
 * client chooses a node. docs/event-bus.md describes the messages.
 */
public final class ServerVerticle extends ServiceVerticle {

    /** For the deployment by name. */
    public ServerVerticle() {}

    @Override
    protected void configure(Service target) {
        String name = descriptor().server().name();
        HandlerRoute route = handlers(Stream.concat(descriptor().endpoints().stream(), descriptor().streams().stream())
                .map(endpoint -> BusProtocol.handler(name, endpoint))
                .toList());
        target.beforeStart(route::ready);
        for (String endpoint : descriptor().endpoints()) {
            String address = BusProtocol.handler(name, endpoint);
            Endpoint<Buffer, Buffer> bytes = Endpoint.unary(endpoint, Buffer.class, Buffer.class);
            target.server().handle(bytes, (request, context) -> route.forward(bytes, address, request, context));
        }
        for (String endpoint : descriptor().streams()) {
            String address = BusProtocol.handler(name, endpoint);
            Endpoint<Buffer, Buffer> bytes =
                    new Endpoint<>(endpoint, Buffer.class, Buffer.class, Endpoint.Kind.BIDIRECTIONAL, false);
            target.server().handleStream(bytes, (stream, context) -> route.stream(address, stream, context));
        }
    }
}
