package examples;

import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.server.EventHandler;
import dev.vertxmicro.server.Handler;
import dev.vertxmicro.server.ServerInterceptor;
import dev.vertxmicro.server.ServerStream;
import dev.vertxmicro.server.StreamHandler;
import dev.vertxmicro.wrapper.Wrapper;
import io.vertx.core.Future;
import java.util.Optional;

/** Lets nobody in who does not say for which tenant: no call, no stream, no message. */
public final class TenantWrapper implements Wrapper, ServerInterceptor {
    /** Needs nothing. */
    public TenantWrapper() {}

    @Override
    public Optional<ServerInterceptor> server() {
        return Optional.of(this);
    }

    private static boolean missing(CallContext context) {
        return context.metadata().value("Tenant", "").isEmpty();
    }

    private static <T> Future<T> refused() {
        return Future.failedFuture(MicroException.of("examples", 403, "metadata: no Tenant (expected: one)"));
    }

    @Override
    public <Q, R> Future<R> intercept(Endpoint<Q, R> endpoint, Q request, CallContext context, Handler<Q, R> next) {
        return missing(context) ? refused() : next.handle(request, context);
    }

    @Override
    public <Q, R> Future<Void> interceptStream(
            Endpoint<Q, R> endpoint, ServerStream<Q, R> stream, CallContext context, StreamHandler<Q, R> next) {
        return missing(context) ? refused() : next.handle(stream, context);
    }

    @Override
    public <M> Future<Void> interceptMessage(Topic<M> topic, M message, CallContext context, EventHandler<M> next) {
        return missing(context) ? refused() : next.handle(message, context);
    }
}
