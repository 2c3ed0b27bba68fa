package examples.kotlin

import dev.vertxmicro.kotlin.CoroutineServiceVerticle
import dev.vertxmicro.service.Service
import dev.vertxmicro.wrapper.Wrappers
import dev.vertxmicro.wrapper.validation.BrokenRule
import dev.vertxmicro.wrapper.validation.MessageValidator
import dev.vertxmicro.wrapper.validation.ProtoRules
import dev.vertxmicro.wrapper.validation.ValidationOptions
import dev.vertxmicro.wrapper.validation.ValidationWrapper
import examples.kotlin.greeter.GreeterCoroutineHandler
import examples.kotlin.greeter.HelloRequest

/** Serves the greeter to those who have a name: `bin/vertx run examples.kotlin.CheckedVerticle -conf conf/greeter.json`. */
class CheckedVerticle : CoroutineServiceVerticle() {
    override fun wrappers(): Wrappers {
        val validators = listOf(ProtoRules.create(vertx), MessageValidator(::named))
        return Wrappers(listOf(ValidationWrapper.create(ValidationOptions.DEFAULTS, "greeter", validators)))
    }

    /** A name of spaces is none. */
    private fun named(message: Any): List<BrokenRule> = if (message is HelloRequest && message.name.isBlank()) {
        listOf(BrokenRule("name", "not_blank", "must not be blank"))
    } else {
        emptyList()
    }

    override suspend fun setUp(service: Service) {
        GreeterCoroutineHandler.register(service.server(), Greeter())
    }
}
