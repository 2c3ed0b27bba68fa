package examples.kotlin

import dev.vertxmicro.kotlin.CoroutineServiceVerticle
import dev.vertxmicro.kotlin.currentCallContext
import dev.vertxmicro.service.Service
import dev.vertxmicro.wrapper.tracing.Tracing
import examples.kotlin.greeter.GreeterCoroutineHandler
import examples.kotlin.greeter.HelloRequest
import examples.kotlin.greeter.HelloResponse
import kotlinx.coroutines.delay

/** A greeter that adds to its trace: `bin/vertx run examples.kotlin.TracedVerticle -conf conf/tracing.json`. */
class TracedVerticle : CoroutineServiceVerticle() {
    override suspend fun setUp(service: Service) {
        GreeterCoroutineHandler.register(service.server(), TracedGreeter())
    }

    private class TracedGreeter : GreeterCoroutineHandler {
        override suspend fun hello(request: HelloRequest): HelloResponse {
            val context = currentCallContext()
            Tracing.span(context).setAttribute("greeter.language", "en")
            val thinking =
                Tracing
                    .tracer(context)
                    .spanBuilder("think of a greeting")
                    .setParent(Tracing.context(context))
                    .startSpan()
            println("trace: ${thinking.spanContext.traceId}")
            try {
                delay(5)
                return HelloResponse.newBuilder().setGreeting("Hello ${request.name}").build()
            } finally {
                thinking.end()
            }
        }
    }
}
