package dev.vertxmicro.verticle;

import com.google.protobuf.StringValue;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.service.Service;
import io.vertx.core.Future;

/** Answers with what it was sent, the thread it ran on, and the tenant. */
public final class EchoVerticle extends ServiceVerticle {
    static final Endpoint<StringValue, StringValue> ECHO =
            Endpoint.unary("Echo.Echo", StringValue.class, StringValue.class);
    static final Endpoint<StringValue, StringValue> THREAD =
            Endpoint.unary("Echo.Thread", StringValue.class, StringValue.class);
    static final Endpoint<StringValue, StringValue> TENANT =
            Endpoint.unary("Echo.Tenant", StringValue.class, StringValue.class);
    static final Endpoint<StringValue, StringValue> FAIL =
            Endpoint.unary("Echo.Fail", StringValue.class, StringValue.class);

    @Override
    protected void configure(Service service) {
        if (app().getBoolean("refuse", false)) {
            throw new IllegalStateException("app: refuse");
        }
        service.server()
                .handle(ECHO, (request, context) -> Future.succeededFuture(request))
                .handle(
                        THREAD,
                        (request, context) -> Future.succeededFuture(
                                StringValue.of(Thread.currentThread().getName())))
                .handle(
                        TENANT,
                        (request, context) -> Future.succeededFuture(
                                StringValue.of(context.metadata().value("Tenant", "none"))))
                .handle(
                        FAIL,
                        (request, context) -> Future.failedFuture(MicroException.notFound("echo", "nothing 服务未找到")));
    }
}
