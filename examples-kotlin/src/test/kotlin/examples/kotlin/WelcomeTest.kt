package examples.kotlin

import dev.vertxmicro.error.MicroException
import dev.vertxmicro.testkit.Loopback
import examples.kotlin.greeter.GreeterCoroutineHandler
import examples.kotlin.greeter.GreeterCoroutineService
import examples.kotlin.greeter.HelloRequest
import examples.kotlin.greeter.HelloResponse
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

class WelcomeTest {
    /** Code that calls a service. */
    private class Welcome(private val greeter: GreeterCoroutineService) {
        suspend fun of(name: String): String = try {
            greeter.hello(HelloRequest.newBuilder().setName(name).build()).greeting
        } catch (_: MicroException) {
            "Welcome!"
        }
    }

    private object Asleep : GreeterCoroutineHandler {
        override suspend fun hello(request: HelloRequest): HelloResponse =
            throw MicroException.unavailable("greeter", "asleep")
    }

    @Test
    fun `is polite without a greeter`() = runBlocking<Unit> {
        val fake = Loopback()
        GreeterCoroutineHandler.register(fake.server(), Asleep)
        val welcome = Welcome(GreeterCoroutineService.create("greeter", fake.client()))
        assertThat(welcome.of("Ada")).isEqualTo("Welcome!")
    }
}
