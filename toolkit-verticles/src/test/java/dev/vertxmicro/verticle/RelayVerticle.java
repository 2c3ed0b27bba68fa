package dev.vertxmicro.verticle;

import com.google.protobuf.StringValue;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.service.Service;
import io.vertx.core.Future;

/** Hands each call on to the service that its descriptor names. */
public final class RelayVerticle extends ServiceVerticle {
    static final Endpoint<StringValue, StringValue> PASS =
            Endpoint.unary("Relay.Pass", StringValue.class, StringValue.class);

    @Override
    protected void configure(Service service) {
        String to = app().getString("to");
        service.server().handle(PASS, (request, context) -> pass(service, to, request, context));
    }

    private static Future<StringValue> pass(Service service, String to, StringValue request, CallContext context) {
        return service.client().call(context, Request.of(to, PASS, request));
    }
}
