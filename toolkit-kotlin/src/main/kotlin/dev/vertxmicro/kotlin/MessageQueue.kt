package dev.vertxmicro.kotlin

import dev.vertxmicro.client.ClientStream
import dev.vertxmicro.server.ServerStream
import io.vertx.core.Context
import io.vertx.core.Future
import io.vertx.core.Vertx
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow

/**
 * Messages of a stream that wait for the collector of a flow. At [HIGH] the stream is paused, so that a slow collector holds
 * the sender back; at [LOW] it flows again. May be collected on another thread than the stream's.
 */
internal class MessageQueue<T : Any>(private val pause: () -> Unit, private val resume: () -> Unit) {
    private val home: Context? = Vertx.currentContext()
    private val messages = Channel<T>(Channel.UNLIMITED)
    private var waiting = 0

    fun add(message: T) {
        messages.trySend(message)
        synchronized(this) {
            if (++waiting == HIGH) {
                pause()
            }
        }
    }

    fun endWith(ended: Future<Void>) {
        ended.onComplete { messages.close(it.cause()) }
    }

    /** Gives the messages to one collector; fails as the stream fails. */
    fun asFlow(): Flow<T> = flow {
        for (message in messages) {
            taken()
            emit(message)
        }
    }

    private fun taken() {
        synchronized(this) {
            if (--waiting == LOW) {
                if (home == null || home == Vertx.currentContext()) resume() else home.runOnContext { resume() }
            }
        }
    }

    companion object {
        const val HIGH = 16
        const val LOW = 4
    }
}

/** Takes what the caller sends. */
internal fun <Q : Any> ServerStream<Q, *>.requests(): Flow<Q> {
    val queue = MessageQueue<Q>({ pause() }, { resume() })
    onMessage(queue::add)
    queue.endWith(ended())
    return queue.asFlow()
}

/** Takes what the server sends. */
internal fun <R : Any> ClientStream<*, R>.responses(): Flow<R> {
    val queue = MessageQueue<R>({ pause() }, { resume() })
    onMessage(queue::add)
    queue.endWith(ended())
    return queue.asFlow()
}
