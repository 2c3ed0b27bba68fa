package dev.vertxmicro.kotlin

import dev.vertxmicro.message.Endpoint
import dev.vertxmicro.server.OneRequestHandler
import dev.vertxmicro.server.OneResponseHandler
import dev.vertxmicro.server.Server
import dev.vertxmicro.server.ServerStream
import io.vertx.core.Future
import io.vertx.kotlin.coroutines.coAwait
import kotlinx.coroutines.flow.Flow
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.EmptyCoroutineContext

/**
 * Adds the handler of a unary [endpoint].
 *
 * Each call is a coroutine of its own on the Vert.x context of the server, started at once, cancelled when the caller goes
 * away, with the call's context as [CallContextElement]. What [handler] throws is the failure of the call. [context] is added
 * to that of the coroutine: a dispatcher in it takes the place of the Vert.x context, a job in it becomes the parent.
 */
public fun <Q : Any, R : Any> Server.handleSuspending(
    endpoint: Endpoint<Q, R>,
    context: CoroutineContext = EmptyCoroutineContext,
    handler: suspend (Q) -> R,
): Server = handle(endpoint) { request, call -> answerWith(call, context) { handler(request) } }

/**
 * Adds the handler of an [endpoint] with one request and many responses.
 *
 * The flow of [handler] is collected in the coroutine of the call, which waits for each response to be sent: a slow caller
 * suspends it. See [handleSuspending] for coroutines and [context].
 */
public fun <Q : Any, R : Any> Server.handleServerFlow(
    endpoint: Endpoint<Q, R>,
    context: CoroutineContext = EmptyCoroutineContext,
    handler: (Q) -> Flow<R>,
): Server = handleStream(
    endpoint,
    OneRequestHandler.streaming { request, stream, call ->
        answerWith(call, context) { stream.sendAll(handler(request)) }.done()
    },
)

/**
 * Adds the handler of an [endpoint] with many requests and one response.
 *
 * [handler] may collect the requests once; while it does not, the caller is held back. The flow ends when the caller ends, and
 * fails if it gives up. See [handleSuspending] for coroutines and [context].
 */
public fun <Q : Any, R : Any> Server.handleClientFlow(
    endpoint: Endpoint<Q, R>,
    context: CoroutineContext = EmptyCoroutineContext,
    handler: suspend (Flow<Q>) -> R,
): Server = handleStream(
    endpoint,
    OneResponseHandler.streaming { stream, call ->
        val requests = stream.requests()
        answerWith(call, context) { handler(requests) }
    },
)

/** Adds the handler of an [endpoint] with many requests and many responses: [handleClientFlow] and [handleServerFlow] in one. */
public fun <Q : Any, R : Any> Server.handleBidirectionalFlow(
    endpoint: Endpoint<Q, R>,
    context: CoroutineContext = EmptyCoroutineContext,
    handler: (Flow<Q>) -> Flow<R>,
): Server = handleStream(endpoint) { stream, call ->
    val requests = stream.requests()
    answerWith(call, context) { stream.sendAll(handler(requests)) }.done()
}

private suspend fun <R : Any> ServerStream<*, R>.sendAll(responses: Flow<R>) = responses.collect { send(it).coAwait() }

private fun Future<Unit>.done(): Future<Void> = mapEmpty()
