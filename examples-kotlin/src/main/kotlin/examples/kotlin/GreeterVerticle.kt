package examples.kotlin

import dev.vertxmicro.kotlin.CoroutineServiceVerticle
import dev.vertxmicro.service.Service
import examples.kotlin.greeter.GreeterCoroutineHandler

/** Serves the greeter: `bin/vertx run examples.kotlin.GreeterVerticle -conf conf/greeter.json`. */
class GreeterVerticle : CoroutineServiceVerticle() {
    override suspend fun setUp(service: Service) {
        GreeterCoroutineHandler.register(service.server(), Greeter())
    }
}
