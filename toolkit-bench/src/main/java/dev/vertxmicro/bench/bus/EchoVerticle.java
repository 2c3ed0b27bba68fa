package dev.vertxmicro.bench.bus;

import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.verticle.ServiceVerticle;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** A service that answers with what it was sent. */
final class EchoVerticle extends ServiceVerticle {
    static final String SERVICE = "echo";
    static final Endpoint<Buffer, Buffer> ECHO = Endpoint.unary("Echo.Echo", Buffer.class, Buffer.class);

    @Override
    protected void configure(Service service) {
        service.server().handle(ECHO, (request, context) -> Future.succeededFuture(request));
    }
}
