package examples.kotlin

import dev.vertxmicro.error.MicroException
import dev.vertxmicro.junit5.MicroTest
import dev.vertxmicro.junit5.TestServices
import examples.kotlin.greeter.GreeterCoroutineService
import examples.kotlin.greeter.HelloRequest
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

@MicroTest(ResilientVerticle::class, descriptor = "../conf/greeter.json")
class ResilientVerticleTest {
    @Test
    fun `greets within its limit and no more`(services: TestServices) = runBlocking<Unit> {
        val greeter = GreeterCoroutineService.create("greeter", services.client())
        val ada = HelloRequest.newBuilder().setName("Ada").build()
        val answers = List(500) { async { runCatching { greeter.hello(ada) } } }.awaitAll()
        assertThat(answers.any { it.isSuccess }).isTrue()
        val codes = answers.mapNotNull { (it.exceptionOrNull() as? MicroException)?.code() }.toSet()
        assertThat(codes).contains(429)
    }
}
