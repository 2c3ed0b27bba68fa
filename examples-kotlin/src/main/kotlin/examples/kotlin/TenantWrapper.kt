package examples.kotlin

import dev.vertxmicro.broker.Topic
import dev.vertxmicro.error.MicroException
import dev.vertxmicro.kotlin.CoroutineServerInterceptor
import dev.vertxmicro.message.CallContext
import dev.vertxmicro.message.Endpoint
import dev.vertxmicro.server.ServerInterceptor
import dev.vertxmicro.server.ServerStream
import dev.vertxmicro.wrapper.Wrapper
import java.util.Optional

/** Lets nobody in who does not say for which tenant: no call, no stream, no message. */
class TenantWrapper :
    CoroutineServerInterceptor(),
    Wrapper {
    override fun server(): Optional<ServerInterceptor> = Optional.of(this)

    private fun check(context: CallContext) {
        if (context.metadata().value("Tenant", "").isEmpty()) {
            throw MicroException.of("examples", 403, "metadata: no Tenant (expected: one)")
        }
    }

    override suspend fun <Q : Any, R : Any> call(
        endpoint: Endpoint<Q, R>,
        request: Q,
        context: CallContext,
        next: suspend (Q, CallContext) -> R,
    ): R {
        check(context)
        return next(request, context)
    }

    override suspend fun <Q : Any, R : Any> stream(
        endpoint: Endpoint<Q, R>,
        stream: ServerStream<Q, R>,
        context: CallContext,
        next: suspend (ServerStream<Q, R>, CallContext) -> Unit,
    ) {
        check(context)
        next(stream, context)
    }

    override suspend fun <M : Any> message(
        topic: Topic<M>,
        message: M,
        context: CallContext,
        next: suspend (M, CallContext) -> Unit,
    ) {
        check(context)
        next(message, context)
    }
}
