package dev.vertxmicro.kotlin

import dev.vertxmicro.client.Client
import dev.vertxmicro.client.ClientStream
import dev.vertxmicro.client.Request
import dev.vertxmicro.error.MicroException
import dev.vertxmicro.message.CallContext
import dev.vertxmicro.message.Cancellation
import io.vertx.core.Future
import io.vertx.kotlin.coroutines.coAwait
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.emitAll
import kotlinx.coroutines.flow.firstOrNull
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.takeWhile
import kotlinx.coroutines.launch

/**
 * Calls an endpoint with the [CallContext] of this coroutine and suspends until the answer. Fails with a [MicroException].
 * Cancelling the coroutine cancels the call.
 */
public suspend fun <Q : Any, R : Any> Client.callSuspending(request: Request<Q, R>): R =
    cancelling { call(it, request).coAwait() }

/**
 * Opens a stream whenever the flow is collected, sends [request] on it, and emits the responses. A slow collector holds the
 * server back; one that stops early gives the stream up. [open] says where to, and its body opens the stream.
 *
 * Collect it on a Vert.x context, such as that of a handler.
 */
public fun <Q : Any, R : Any> Client.serverFlow(open: Request<Q, R>, request: Q): Flow<R> = flow {
    streaming(open) { stream, responses ->
        stream.send(request).coAwait()
        emitAll(responses)
    }
}

/**
 * Opens a stream, sends [requests] on it, ends it, and suspends until the response. An early response stops the collection
 * of the requests. See [serverFlow] for [open].
 */
public suspend fun <Q : Any, R : Any> Client.clientFlow(open: Request<Q, R>, requests: Flow<Q>): R =
    streaming(open) { stream, responses ->
        coroutineScope {
            val sender = launch { stream.sendAll(requests) }
            val response = responses.firstOrNull()
            sender.cancel()
            response ?: throw MicroException.internal(ID, "stream ended without a response")
        }
    }

/**
 * Opens a stream whenever the flow is collected, sends [requests] on it, and emits the responses meanwhile, until the server
 * ends the stream. See [serverFlow] for back-pressure and [open].
 */
public fun <Q : Any, R : Any> Client.bidirectionalFlow(open: Request<Q, R>, requests: Flow<Q>): Flow<R> = flow {
    streaming(open) { stream, responses ->
        coroutineScope {
            val sender = launch { stream.sendAll(requests) }
            emitAll(responses)
            sender.cancel()
        }
    }
}

private const val ID = "go.micro.client"
private const val UNWRITABLE = "$ID.codec"

private fun given(): MicroException = MicroException.timeout(ID, "context canceled").withoutStackTrace()

private suspend fun <Q : Any, R : Any, T> Client.streaming(
    open: Request<Q, R>,
    block: suspend (ClientStream<Q, R>, Flow<R>) -> T,
): T = cancelling { call ->
    val stream = stream(call, open).coAwait()
    try {
        block(stream, stream.responses())
    } catch (failure: Throwable) {
        stream.cancel(failure as? MicroException ?: given())
        throw failure
    }
}

/** Runs calls that end when this coroutine is cancelled, or the call that it works on. */
internal suspend fun <T> cancelling(block: suspend (CallContext) -> T): T {
    val outer = currentCallContext()
    val cancellation = Cancellation()
    val undo = outer.cancellation().onCancel { cancellation.cancel(outer.cancellation().cause()) }
    try {
        return block(outer.withCancellation(cancellation))
    } catch (cancelled: CancellationException) {
        cancellation.cancel(given())
        throw cancelled
    } finally {
        undo.run()
    }
}

/**
 * Once the stream has ended, nothing can be sent; why it ended is what the responses tell. A request that cannot be written fails
 * the call: else the server would take those before it for all.
 */
private suspend fun <Q : Any> ClientStream<Q, *>.sendAll(requests: Flow<Q>) {
    requests.takeWhile { succeeds(send(it)) }.collect()
    succeeds(end())
}

private suspend fun succeeds(sent: Future<Void>): Boolean = try {
    sent.coAwait()
    true
} catch (cancelled: CancellationException) {
    throw cancelled
} catch (failure: Throwable) {
    if (failure is MicroException && failure.id() == UNWRITABLE) throw failure else false
}
