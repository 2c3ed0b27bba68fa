package com.example.greeter

import dev.vertxmicro.junit5.MicroTest
import dev.vertxmicro.junit5.TestServices
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

/** The running service, called over its port. */
@MicroTest(GreeterVerticle::class, descriptor = "conf/@artifact@.json")
class GreeterVerticleTest {
    @Test
    fun answersCalls(services: TestServices) = runBlocking<Unit> {
        val service = GreeterCoroutineService.create("@name@", services.client())
        val response = service.hello(HelloRequest.newBuilder().setName("Ada").build())
        assertThat(response.greeting).isEqualTo("Hello Ada")
    }
}
