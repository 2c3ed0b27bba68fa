package dev.vertxmicro.wrapper.metrics;

import com.google.protobuf.StringValue;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.verticle.ServiceVerticle;
import io.vertx.core.Future;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A service that says what it hears, and fails for want of it. */
final class Echo extends ServiceVerticle {
    static final Endpoint<StringValue, StringValue> ECHO =
            Endpoint.unary("Echo.Echo", StringValue.class, StringValue.class);

    /** The service, for its client. */
    private @Nullable Service made;

    Service made() {
        return Objects.requireNonNull(made);
    }

    @Override
    protected void configure(Service service) {
        made = service;
        service.server()
                .handle(
                        ECHO,
                        (request, context) -> request.getValue().isEmpty()
                                ? Future.failedFuture(MicroException.badRequest("echo", "nothing"))
                                : Future.succeededFuture(request))
                .subscribe("events", StringValue.class, (message, context) -> Future.succeededFuture());
    }
}
