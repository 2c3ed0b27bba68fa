package examples.kotlin

import dev.vertxmicro.kotlin.CoroutineServiceVerticle
import dev.vertxmicro.service.Service
import dev.vertxmicro.wrapper.metrics.MetricsWrapper
import examples.kotlin.greeter.GreeterCoroutineHandler
import examples.kotlin.greeter.HelloRequest
import examples.kotlin.greeter.HelloResponse
import io.micrometer.core.instrument.Counter

/**
 * Serves the greeter and counts those who do not say who they are, beside what is measured anyway:
 * `bin/vertx run examples.kotlin.MeteredVerticle -conf conf/metrics.json`, then `curl 127.0.0.1:9464/metrics`.
 */
class MeteredVerticle : CoroutineServiceVerticle() {
    override suspend fun setUp(service: Service) {
        val registry = MetricsWrapper.registry(vertx).orElseThrow { IllegalStateException("no metrics") }
        val strangers = Counter.builder("greeter.strangers").description("Greetings of nobody").register(registry)
        GreeterCoroutineHandler.register(service.server(), CountingGreeter(strangers))
    }

    private class CountingGreeter(private val strangers: Counter) : GreeterCoroutineHandler {
        private val greeter = Greeter()

        override suspend fun hello(request: HelloRequest): HelloResponse {
            if (request.name.isEmpty()) strangers.increment()
            return greeter.hello(request)
        }
    }
}
