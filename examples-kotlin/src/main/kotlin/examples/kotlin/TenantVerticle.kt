package examples.kotlin

import dev.vertxmicro.kotlin.CoroutineServiceVerticle
import dev.vertxmicro.service.Service
import dev.vertxmicro.wrapper.Wrappers
import examples.kotlin.greeter.GreeterCoroutineHandler

/** A greeter with a wrapper of its own: `bin/vertx run examples.kotlin.TenantVerticle -conf conf/greeter.json`. */
class TenantVerticle : CoroutineServiceVerticle() {
    override fun wrappers(): Wrappers = Wrappers(listOf(TenantWrapper()))

    override suspend fun setUp(service: Service) {
        GreeterCoroutineHandler.register(service.server(), Greeter())
    }
}
