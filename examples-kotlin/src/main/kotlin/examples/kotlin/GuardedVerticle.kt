package examples.kotlin

import dev.vertxmicro.config.Secret
import dev.vertxmicro.kotlin.CoroutineServiceVerticle
import dev.vertxmicro.kotlin.currentCallContext
import dev.vertxmicro.message.Principal
import dev.vertxmicro.service.Service
import dev.vertxmicro.wrapper.Wrappers
import dev.vertxmicro.wrapper.auth.JwtKeyOptions
import dev.vertxmicro.wrapper.auth.JwtOptions
import dev.vertxmicro.wrapper.auth.JwtProvider
import examples.kotlin.greeter.GreeterCoroutineHandler
import examples.kotlin.greeter.HelloRequest
import examples.kotlin.greeter.HelloResponse

/**
 * Greets whoever shows a token, by the name in it: `bin/vertx run examples.kotlin.GuardedVerticle -conf FILE`, where `app.secret` of
 * the file is what the tokens are signed with. A descriptor may have all of it in `wrappers` instead, as conf/jwt.json does.
 */
class GuardedVerticle : CoroutineServiceVerticle() {
    override fun wrappers(): Wrappers {
        val secret = Secret.of(app().getString("secret", ""))
        val options = JwtOptions.DEFAULTS.withKeys(listOf(JwtKeyOptions("", "HS256", secret, "")))
        return Wrappers(listOf(JwtProvider.wrapper(vertx, options, "greeter")))
    }

    override suspend fun setUp(service: Service) {
        GreeterCoroutineHandler.register(service.server(), Guarded())
    }

    /** Handlers are called for those only who have proved who they are. */
    private class Guarded : GreeterCoroutineHandler {
        override suspend fun hello(request: HelloRequest): HelloResponse {
            val who = Principal.of(currentCallContext()).map { it.name() }.orElse("nobody")
            return HelloResponse.newBuilder().setGreeting("Hello ${request.name}, says $who").build()
        }
    }
}
