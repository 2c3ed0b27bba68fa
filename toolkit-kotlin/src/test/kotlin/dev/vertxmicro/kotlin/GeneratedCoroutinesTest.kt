package dev.vertxmicro.kotlin

import com.example.streaming.Number
import com.example.streaming.NumbersCoroutineHandler
import com.example.streaming.NumbersCoroutineService
import dev.vertxmicro.client.CallOptions
import dev.vertxmicro.error.MicroException
import dev.vertxmicro.message.CallContext
import dev.vertxmicro.testkit.Loopback
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.fold
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.Test
import pb.GreeterCoroutineHandler
import pb.GreeterCoroutineService
import pb.Helloworld.HelloRequest
import pb.Helloworld.HelloResponse

class GeneratedCoroutinesTest {
    private val loopback = Loopback()
    private val numbers = NumbersCoroutineService.create("numbers", loopback.client())

    private class Numbers : NumbersCoroutineHandler {
        var stopped = false

        override suspend fun square(request: Number): Number = number(request.value * request.value)

        override fun count(request: Number): Flow<Number> = flow {
            try {
                (1..request.value).forEach { emit(number(it)) }
            } finally {
                stopped = true
            }
        }

        override suspend fun sum(requests: Flow<Number>): Number = number(
            requests.fold(0L) { sum, next ->
                sum +
                    next.value
            },
        )

        override fun double_(requests: Flow<Number>): Flow<Number> = requests.map { number(2 * it.value) }
    }

    private object Greetings : GreeterCoroutineHandler {
        override suspend fun hello(request: HelloRequest): HelloResponse {
            if (request.name.isEmpty()) {
                throw MicroException.badRequest("greeter", "no name")
            }
            val tenant = currentCallContext().metadata().value("Tenant", "nobody")
            return HelloResponse.newBuilder().setGreeting("hello ${request.name} of $tenant").build()
        }
    }

    @Test
    fun `greets over the generated handler and client`() = runBlocking<Unit> {
        GreeterCoroutineHandler.register(loopback.server(), Greetings)
        val greeter = GreeterCoroutineService.create("greeter", loopback.client()).withOptions(CallOptions.DEFAULTS)
        val ada = HelloRequest.newBuilder().setName("Ada").build()

        assertThat(greeter.hello(ada).greeting).isEqualTo("hello Ada of nobody")
        val blue = CallContext.create().withMetadata("Tenant", "blue")
        assertThat(withCallContext(blue) { greeter.hello(ada) }.greeting).isEqualTo("hello Ada of blue")
    }

    @Test
    fun `fails as the handler throws`() {
        GreeterCoroutineHandler.register(loopback.server(), Greetings)
        val greeter = GreeterCoroutineService.create("greeter", loopback.client())
        assertThatThrownBy { runBlocking { greeter.hello(HelloRequest.getDefaultInstance()) } }
            .isInstanceOf(MicroException::class.java)
            .hasMessageContaining("no name")
    }

    @Test
    fun `carries streams of all kinds as flows`() = runBlocking<Unit> {
        NumbersCoroutineHandler.register(loopback.server(), Numbers())

        assertThat(numbers.square(number(7))).isEqualTo(number(49))
        assertThat(numbers.count(number(100)).values()).isEqualTo((1L..100L).toList())
        assertThat(numbers.count(number(0)).values()).isEmpty()
        assertThat(numbers.sum((1L..100L).asFlow().map(::number)).value).isEqualTo(5050)
        assertThat(numbers.sum(flowOf()).value).isZero()
        assertThat(
            numbers.double_((1L..100L).asFlow().map(::number)).values(),
        ).isEqualTo((2L..200L step 2).toList())
    }

    @Test
    fun `stops the server when the collector has enough`() = runBlocking<Unit> {
        val handler = Numbers()
        NumbersCoroutineHandler.register(loopback.server(), handler)
        assertThat(numbers.count(number(Long.MAX_VALUE)).take(3).values()).containsExactly(1L, 2L, 3L)
        assertThat(handler.stopped).isTrue()
    }

    private suspend fun Flow<Number>.values() = map { it.value }.toList()
}

private fun number(value: Long): Number = Number.newBuilder().setValue(value).build()
