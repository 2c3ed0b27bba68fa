package examples.kotlin

import dev.vertxmicro.error.MicroException
import dev.vertxmicro.junit5.MicroTest
import dev.vertxmicro.junit5.TestServices
import examples.kotlin.greeter.GreeterCoroutineService
import examples.kotlin.greeter.HelloRequest
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

@MicroTest(CheckedVerticle::class, descriptor = "../conf/greeter.json")
class CheckedVerticleTest {
    @Test
    fun `greets those who have a name`(services: TestServices) = runBlocking<Unit> {
        val greeter = GreeterCoroutineService.create("greeter", services.client())
        val ada = HelloRequest.newBuilder().setName("Ada").build()
        assertThat(greeter.hello(ada).greeting).isEqualTo("Hello Ada")
        val nobody = HelloRequest.newBuilder().setName(" ").build()
        val refusal = runCatching { greeter.hello(nobody) }.exceptionOrNull() as MicroException
        assertThat(refusal.code()).isEqualTo(400)
    }
}
