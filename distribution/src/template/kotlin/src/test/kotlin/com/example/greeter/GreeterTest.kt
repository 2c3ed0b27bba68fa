package com.example.greeter

import dev.vertxmicro.error.MicroException
import dev.vertxmicro.testkit.Loopback
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

/** The handler alone: no port, no registry. */
class GreeterTest {
    private val loopback = Loopback().also { GreeterCoroutineHandler.register(it.server(), Greeter()) }
    private val service = GreeterCoroutineService.create("@name@", loopback.client())

    private fun name(name: String) = HelloRequest.newBuilder().setName(name).build()

    @Test
    fun greetsByName() {
        val response = runBlocking { service.hello(name("Ada")) }
        assertThat(response.greeting).isEqualTo("Hello Ada")
    }

    @Test
    fun refusesToGreetNobody() {
        val failure = assertThrows<MicroException> { runBlocking { service.hello(name(" ")) } }
        assertThat(failure.code()).isEqualTo(400)
    }
}
