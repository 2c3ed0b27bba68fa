package dev.vertxmicro.kotlin

import dev.vertxmicro.service.Service
import dev.vertxmicro.verticle.ServiceVerticle
import io.vertx.core.Future
import io.vertx.core.Promise
import io.vertx.kotlin.coroutines.dispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.launch
import kotlin.coroutines.CoroutineContext

/**
 * A service as a verticle, set up by a coroutine: the twin of [ServiceVerticle].
 *
 * It is a scope of coroutines on the context of its instance; they are cancelled when the service has stopped.
 *
 * ```kotlin
 * class GreeterVerticle : CoroutineServiceVerticle() {
 *     override suspend fun setUp(service: Service) {
 *         GreeterCoroutineHandler.register(service.server(), Greeter())
 *     }
 * }
 * ```
 */
public abstract class CoroutineServiceVerticle :
    ServiceVerticle(),
    CoroutineScope {
    final override val coroutineContext: CoroutineContext by lazy { context.dispatcher() + SupervisorJob() }

    /** Adds handlers and hooks, before the service starts; what it throws, an [Error] too, stops the start. */
    protected abstract suspend fun setUp(service: Service)

    final override fun configure(target: Service): Unit = throw UnsupportedOperationException("setUp takes its place")

    final override fun configuring(target: Service): Future<*> {
        target.afterStop {
            cancel()
            Future.succeededFuture()
        }
        val done = Promise.promise<Unit>()
        // Started undispatched, it runs even if the scope was cancelled, and so the promise is kept in any case.
        launch(start = CoroutineStart.UNDISPATCHED) {
            try {
                done.tryComplete(setUp(target))
            } catch (failure: Throwable) {
                done.tryFail(failure)
            }
        }
        return done.future()
    }
}
