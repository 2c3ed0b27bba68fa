package examples.kotlin

import dev.vertxmicro.client.Request
import dev.vertxmicro.engine.VertxTimers
import dev.vertxmicro.error.MicroException
import dev.vertxmicro.kotlin.CoroutineServiceVerticle
import dev.vertxmicro.service.Service
import dev.vertxmicro.wrapper.Wrappers
import dev.vertxmicro.wrapper.resilience.BreakerOptions
import dev.vertxmicro.wrapper.resilience.BreakerWrapper
import dev.vertxmicro.wrapper.resilience.BulkheadOptions
import dev.vertxmicro.wrapper.resilience.BulkheadWrapper
import dev.vertxmicro.wrapper.resilience.RateLimitOptions
import dev.vertxmicro.wrapper.resilience.RateLimitWrapper
import examples.kotlin.greeter.GreeterCoroutineHandler
import examples.kotlin.greeter.HelloResponse
import io.vertx.core.Future

/** Serves the greeter within limits that are set in code: `bin/vertx run examples.kotlin.ResilientVerticle -conf conf/greeter.json`. */
class ResilientVerticle : CoroutineServiceVerticle() {
    override fun wrappers(): Wrappers {
        val timers = VertxTimers.of(vertx)
        val limit = RateLimitOptions.DEFAULTS.withCalls(50).withBurst(100)
        val places = BulkheadOptions.DEFAULTS.withMaxConcurrent(20)
        return Wrappers(
            listOf(
                RateLimitWrapper.create(limit, "greeter", timers),
                BulkheadWrapper.create(places, "greeter", timers),
                BreakerWrapper.create(BreakerOptions.DEFAULTS, "greeter", timers).withFallback(::instead),
            ),
        )
    }

    /** What can be said without the service that was called. */
    private fun instead(request: Request<*, *>, failure: MicroException): Future<*> =
        if (request.endpoint().responseType() == HelloResponse::class.java) {
            Future.succeededFuture(HelloResponse.newBuilder().setGreeting("Hello, whoever you are").build())
        } else {
            Future.failedFuture<HelloResponse>(failure)
        }

    override suspend fun setUp(service: Service) {
        GreeterCoroutineHandler.register(service.server(), Greeter())
    }
}
