package dev.vertxmicro.kotlin

import dev.vertxmicro.message.CallContext
import dev.vertxmicro.message.ThreadScope
import kotlinx.coroutines.ThreadContextElement
import kotlin.coroutines.AbstractCoroutineContextElement
import kotlin.coroutines.CoroutineContext

/** Enters the [ThreadScope] of a call on whichever thread its coroutine goes on, so that the MDC of log lines goes with it. */
internal class ThreadScopeElement(private val call: CallContext) :
    AbstractCoroutineContextElement(ThreadScopeElement),
    ThreadContextElement<ThreadScope.Exit> {
    override fun updateThreadContext(context: CoroutineContext): ThreadScope.Exit = ThreadScope.enter(call)

    override fun restoreThreadContext(context: CoroutineContext, oldState: ThreadScope.Exit) = oldState.leave()

    companion object Key : CoroutineContext.Key<ThreadScopeElement>
}
