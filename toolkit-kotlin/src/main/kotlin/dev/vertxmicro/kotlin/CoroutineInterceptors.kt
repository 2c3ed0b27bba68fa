package dev.vertxmicro.kotlin

import dev.vertxmicro.broker.Topic
import dev.vertxmicro.client.ClientInterceptor
import dev.vertxmicro.client.ClientStream
import dev.vertxmicro.client.Request
import dev.vertxmicro.client.Response
import dev.vertxmicro.message.CallContext
import dev.vertxmicro.message.Endpoint
import dev.vertxmicro.server.EventHandler
import dev.vertxmicro.server.Handler
import dev.vertxmicro.server.ServerInterceptor
import dev.vertxmicro.server.ServerStream
import dev.vertxmicro.server.StreamHandler
import io.vertx.core.Future
import io.vertx.kotlin.coroutines.coAwait
import kotlin.coroutines.EmptyCoroutineContext

/**
 * An interceptor of a server in coroutines: see [ServerInterceptor]. It runs where the call arrived, and is cancelled when the
 * caller goes away.
 */
public abstract class CoroutineServerInterceptor : ServerInterceptor {
    /** Sees one call; [next] asks the handler. */
    protected abstract suspend fun <Q : Any, R : Any> call(
        endpoint: Endpoint<Q, R>,
        request: Q,
        context: CallContext,
        next: suspend (Q, CallContext) -> R,
    ): R

    /** Sees one stream that was opened; [next] asks the handler, and is back when the stream is to end. */
    protected abstract suspend fun <Q : Any, R : Any> stream(
        endpoint: Endpoint<Q, R>,
        stream: ServerStream<Q, R>,
        context: CallContext,
        next: suspend (ServerStream<Q, R>, CallContext) -> Unit,
    )

    /** Sees one message on its way to a subscriber; [next] asks that. */
    protected abstract suspend fun <M : Any> message(
        topic: Topic<M>,
        message: M,
        context: CallContext,
        next: suspend (M, CallContext) -> Unit,
    )

    final override fun <Q : Any, R : Any> intercept(
        endpoint: Endpoint<Q, R>,
        request: Q,
        context: CallContext,
        next: Handler<Q, R>,
    ): Future<R> = answerWith(context, EmptyCoroutineContext) {
        call(endpoint, request, context) { changed, with -> next.handle(changed, with).coAwait() }
    }

    final override fun <Q : Any, R : Any> interceptStream(
        endpoint: Endpoint<Q, R>,
        stream: ServerStream<Q, R>,
        context: CallContext,
        next: StreamHandler<Q, R>,
    ): Future<Void> = answerWith(context, EmptyCoroutineContext) {
        stream(endpoint, stream, context) { changed, with -> next.handle(changed, with).coAwait() }
    }.mapEmpty()

    final override fun <M : Any> interceptMessage(
        topic: Topic<M>,
        message: M,
        context: CallContext,
        next: EventHandler<M>,
    ): Future<Void> = answerWith(context, EmptyCoroutineContext) {
        message(topic, message, context) { changed, with -> next.handle(changed, with).coAwait() }
    }.mapEmpty()
}

/** An interceptor of a client in coroutines: see [ClientInterceptor]. It runs on the context of the caller. */
public abstract class CoroutineClientInterceptor : ClientInterceptor {
    /** Sees one call; [next] makes it. */
    protected abstract suspend fun <Q : Any, R : Any> call(
        context: CallContext,
        request: Request<Q, R>,
        next: suspend (CallContext, Request<Q, R>) -> Response<R>,
    ): Response<R>

    /** Sees one stream that is opened; [next] opens it. */
    protected abstract suspend fun <Q : Any, R : Any> stream(
        context: CallContext,
        request: Request<Q, R>,
        next: suspend (CallContext, Request<Q, R>) -> ClientStream<Q, R>,
    ): ClientStream<Q, R>

    /** Sees one message that is published; [next] publishes it. */
    protected abstract suspend fun <T : Any> publish(
        context: CallContext,
        topic: Topic<T>,
        payload: T,
        next: suspend (CallContext, Topic<T>, T) -> Unit,
    )

    final override fun <Q : Any, R : Any> intercept(
        context: CallContext,
        request: Request<Q, R>,
        next: ClientInterceptor.Exchange,
    ): Future<Response<R>> = answerWith(context, EmptyCoroutineContext) {
        call(context, request) { changed, what -> next.exchange(changed, what).coAwait() }
    }

    final override fun <Q : Any, R : Any> interceptStream(
        context: CallContext,
        request: Request<Q, R>,
        next: ClientInterceptor.Opening,
    ): Future<ClientStream<Q, R>> = answerWith(context, EmptyCoroutineContext) {
        stream(context, request) { changed, what -> next.open(changed, what).coAwait() }
    }

    final override fun <T : Any> interceptPublish(
        context: CallContext,
        topic: Topic<T>,
        payload: T,
        next: ClientInterceptor.Publication,
    ): Future<Void> = answerWith(context, EmptyCoroutineContext) {
        publish(context, topic, payload) { changed, where, what -> next.publish(changed, where, what).coAwait() }
    }.mapEmpty()
}
