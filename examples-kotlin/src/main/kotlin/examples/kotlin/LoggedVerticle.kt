package examples.kotlin

import dev.vertxmicro.kotlin.CoroutineServiceVerticle
import dev.vertxmicro.service.Service
import examples.kotlin.greeter.GreeterCoroutineHandler
import examples.kotlin.greeter.HelloRequest
import examples.kotlin.greeter.HelloResponse
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.delay
import kotlinx.coroutines.withContext
import org.slf4j.LoggerFactory

/** A greeter whose lines have the ids of the call: `bin/vertx run examples.kotlin.LoggedVerticle -conf conf/wrapper-logging.json`. */
class LoggedVerticle :
    CoroutineServiceVerticle(),
    GreeterCoroutineHandler {
    private val log = LoggerFactory.getLogger(LoggedVerticle::class.java)
    private val greeter = Greeter()

    override suspend fun setUp(service: Service) {
        GreeterCoroutineHandler.register(service.server(), this)
    }

    override suspend fun hello(request: HelloRequest): HelloResponse {
        delay(5)
        withContext(Dispatchers.Default) { log.info("greeting {}", request.name) }
        return greeter.hello(request)
    }
}
