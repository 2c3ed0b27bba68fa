package dev.vertxmicro.kotlin

import dev.vertxmicro.message.CallContext
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.withContext
import kotlin.coroutines.AbstractCoroutineContextElement
import kotlin.coroutines.CoroutineContext

/**
 * Carries the [CallContext] of a call through the coroutine that works on it: metadata, deadline, cancellation, peer.
 *
 * The coroutine of a handler has one. What is called from it through a generated client goes with it, so that trace, tenant
 * and deadline travel on.
 */
public class CallContextElement(
    /** The context of the call. */
    public val callContext: CallContext,
) : AbstractCoroutineContextElement(CallContextElement) {
    /** Finds the element in a coroutine's context. */
    public companion object Key : CoroutineContext.Key<CallContextElement>
}

/** The [CallContext] that this coroutine context carries, an empty one if it carries none. */
public val CoroutineContext.callContext: CallContext
    get() = this[CallContextElement]?.callContext ?: CallContext.create()

/** Gives the [CallContext] of the call that this coroutine works on, an empty one outside of calls. */
public suspend fun currentCallContext(): CallContext = currentCoroutineContext().callContext

/**
 * Runs [block] so that the calls it makes go with [context].
 *
 * ```kotlin
 * withCallContext(currentCallContext().withMetadata("Tenant", "blue")) { greeter.hello(request) }
 * ```
 */
public suspend fun <T> withCallContext(context: CallContext, block: suspend CoroutineScope.() -> T): T =
    withContext(CallContextElement(context), block)
