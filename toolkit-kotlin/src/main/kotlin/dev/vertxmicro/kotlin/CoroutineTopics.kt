package dev.vertxmicro.kotlin

import dev.vertxmicro.broker.Broker
import dev.vertxmicro.broker.SubscribeOptions
import dev.vertxmicro.broker.Topic
import dev.vertxmicro.client.Client
import dev.vertxmicro.server.Server
import io.vertx.core.Promise
import io.vertx.kotlin.coroutines.coAwait
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.isActive
import kotlinx.coroutines.withContext
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.EmptyCoroutineContext

/**
 * Adds a subscriber of a [topic].
 *
 * Each message is a coroutine of its own, as a call is (see [handleSuspending]): `currentCallContext()` gives its headers and
 * its deadline. The message is acknowledged when [handler] returns, and comes again, as [options] say, when it throws. A
 * subscription takes one message after the other.
 */
public fun <M : Any> Server.subscribeSuspending(
    topic: Topic<M>,
    options: SubscribeOptions = SubscribeOptions.DEFAULTS,
    context: CoroutineContext = EmptyCoroutineContext,
    handler: suspend (M) -> Unit,
): Server = subscribe(
    topic,
    { message, call -> answerWith(call, context) { handler(message) }.mapEmpty() },
    options,
)

/**
 * Publishes with the [dev.vertxmicro.message.CallContext] of this coroutine and suspends until the broker has the message.
 * Fails with a [dev.vertxmicro.error.MicroException]. Cancelling the coroutine ends the waiting; the message may be on its
 * way.
 */
public suspend fun <T : Any> Client.publishSuspending(topic: Topic<T>, payload: T) {
    cancelling { publish(it, topic, payload).coAwait() }
}

/**
 * Subscribes whenever the flow is collected, for as long as it is, and emits the payloads.
 *
 * A message is acknowledged when the collector comes back for the next one; if the collector fails or is cancelled meanwhile,
 * the message is not. What cannot be decoded is rejected and left out. A slow collector fills the buffer of the subscription.
 */
public fun <T : Any> Topic<T>.flow(broker: Broker, options: SubscribeOptions = SubscribeOptions.DEFAULTS): Flow<T> =
    flow {
        // Few: the broker waits for the promise before it hands over the next, or gives it up after the handler timeout.
        val handed = Channel<Pair<T, Promise<Void>>>(Channel.UNLIMITED)
        val subscription =
            subscribe(broker, { payload, _ ->
                Promise.promise<Void>().also { handed.trySend(payload to it) }.future()
            }, options)
                .coAwait()
        try {
            for ((payload, done) in handed) {
                try {
                    emit(payload)
                } catch (failure: Throwable) {
                    // An operator such as take() stops the flow after the collector has had its last message.
                    val stopped = failure is CancellationException && currentCoroutineContext().isActive
                    if (stopped) done.complete() else done.fail(failure)
                    throw failure
                }
                done.complete()
            }
        } finally {
            withContext(NonCancellable) { subscription.unsubscribe().coAwait() }
            handed.close()
            handed.tryReceive().getOrNull()?.second?.fail("nobody collects")
        }
    }
