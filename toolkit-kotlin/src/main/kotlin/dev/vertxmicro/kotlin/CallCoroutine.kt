package dev.vertxmicro.kotlin

import dev.vertxmicro.message.CallContext
import dev.vertxmicro.message.ThreadScope
import io.vertx.core.Future
import io.vertx.core.Promise
import io.vertx.core.Vertx
import io.vertx.kotlin.coroutines.dispatcher
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.launch
import kotlin.coroutines.CoroutineContext

/**
 * Runs [block] in a coroutine that answers [call], on the Vert.x context that the call came on; outside of Vert.x it goes on
 * wherever it is resumed. It starts at once, and ends when the caller goes away.
 */
internal fun <T> answerWith(call: CallContext, added: CoroutineContext, block: suspend () -> T): Future<T> {
    val answer = Promise.promise<T>()
    val dispatcher = Vertx.currentContext()?.dispatcher() ?: Dispatchers.Unconfined
    val scope = CoroutineScope(dispatcher + elements(call) + added)
    // Started undispatched, it runs even if a parent job has ended, and so the promise is kept in any case.
    val job =
        scope.launch(start = CoroutineStart.UNDISPATCHED) {
            try {
                answer.tryComplete(block())
            } catch (failure: Throwable) {
                answer.tryFail(call.reasonOf(failure))
            }
        }
    if (!job.isCompleted) {
        val undo = call.cancellation().onCancel {
            job.cancel(CancellationException("call cancelled", call.cancellation().cause()))
        }
        job.invokeOnCompletion {
            undo.run()
            answer.endedWith(it)
        }
    } else {
        answer.endedWith(null)
    }
    return answer.future()
}

private fun elements(call: CallContext): CoroutineContext =
    if (ThreadScope.isIn(call)) CallContextElement(call) + ThreadScopeElement(call) else CallContextElement(call)

/** A coroutine may end without its block having ended, if its dispatcher throws: then that is the answer. */
private fun Promise<*>.endedWith(failure: Throwable?) {
    tryFail(failure ?: IllegalStateException("coroutine ended without an answer"))
}

/** A coroutine that was cancelled because its call was fails as the call did. */
private fun CallContext.reasonOf(failure: Throwable): Throwable =
    if (failure is CancellationException && cancellation().isCancelled) cancellation().cause() else failure
