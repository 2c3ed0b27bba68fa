package examples.kotlin

import dev.vertxmicro.error.MicroException
import dev.vertxmicro.kotlin.currentCallContext
import dev.vertxmicro.kotlin.withCallContext
import dev.vertxmicro.message.CallContext
import dev.vertxmicro.testkit.Loopback
import dev.vertxmicro.testkit.faults.LinkFaults
import dev.vertxmicro.time.Timers
import examples.kotlin.greeter.GreeterCoroutineHandler
import examples.kotlin.greeter.GreeterCoroutineService
import examples.kotlin.greeter.HelloRequest
import examples.kotlin.greeter.HelloResponse
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.supervisorScope
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import java.time.Duration

class GreeterTest {
    private val ada = HelloRequest.newBuilder().setName("Ada").build()

    @Test
    fun `greets by name`() = runBlocking<Unit> {
        val loopback = Loopback()
        GreeterCoroutineHandler.register(loopback.server(), Greeter())
        val greeter = GreeterCoroutineService.create("greeter", loopback.client())
        assertThat(greeter.hello(ada).greeting).isEqualTo("Hello Ada")
    }

    private object Strict : GreeterCoroutineHandler {
        override suspend fun hello(request: HelloRequest): HelloResponse {
            if (currentCallContext().metadata().value("Tenant", "") != "blue") {
                throw MicroException.forbidden("greeter", "not you")
            }
            return HelloResponse.getDefaultInstance()
        }
    }

    @Test
    fun `sends away whom it does not know`() = runBlocking<Unit> {
        val loopback = Loopback()
        GreeterCoroutineHandler.register(loopback.server(), Strict)
        val greeter = GreeterCoroutineService.create("greeter", loopback.client())
        val blue = CallContext.create().withMetadata("Tenant", "blue")
        assertThat(withCallContext(blue) { greeter.hello(ada) }).isNotNull()
        val refusal = runCatching { greeter.hello(ada) }.exceptionOrNull() as MicroException
        assertThat(refusal.code()).isEqualTo(403)
    }

    private object Asleep : GreeterCoroutineHandler {
        override suspend fun hello(request: HelloRequest): HelloResponse = awaitCancellation()
    }

    @Test
    fun `is told that an answer got lost`() = runBlocking<Unit> {
        val loopback = Loopback()
        GreeterCoroutineHandler.register(loopback.server(), Greeter())
        val greeter = GreeterCoroutineService.create("greeter", loopback.client())
        loopback.network().towards("server", LinkFaults.NONE.withReset(1.0))
        assertThat(runCatching { greeter.hello(ada) }.isFailure).isTrue()
        loopback.network().heal()
        assertThat(greeter.hello(ada).greeting).isEqualTo("Hello Ada")
    }

    @Test
    fun `is not waited for longer than its caller has time`() = runBlocking<Unit> {
        val timers = Timers.manual()
        val loopback = Loopback.on(timers)
        GreeterCoroutineHandler.register(loopback.server(), Asleep)
        val greeter = GreeterCoroutineService.create("greeter", loopback.client())
        val brief = CallContext.create().withDeadline(Duration.ofSeconds(1), timers)
        supervisorScope {
            val call = async(start = CoroutineStart.UNDISPATCHED) { withCallContext(brief) { greeter.hello(ada) } }
            timers.advance(Duration.ofSeconds(1))
            val late = runCatching { call.await() }.exceptionOrNull() as MicroException
            assertThat(late.code()).isEqualTo(408)
        }
    }
}
