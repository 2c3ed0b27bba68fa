package dev.vertxmicro.kotlin

import dev.vertxmicro.error.MicroException
import dev.vertxmicro.message.CallContext
import dev.vertxmicro.message.Cancellation
import dev.vertxmicro.testkit.Loopback
import dev.vertxmicro.time.ManualTimers
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import pb.GreeterCoroutineHandler
import pb.GreeterCoroutineService
import pb.Helloworld.HelloRequest
import pb.Helloworld.HelloResponse
import java.time.Duration

/** One deadline and one cancellation for three hops of generated clients and handlers; time is manual. */
@Timeout(30)
class DeadlineTest {
    private val loopback = Loopback()
    private val greeter = GreeterCoroutineService.create("greeter", loopback.client())
    private val cancellation = Cancellation()
    private val deadlines = mutableListOf<Long>()
    private var ended = false

    private inner class Relay : GreeterCoroutineHandler {
        override suspend fun hello(request: HelloRequest): HelloResponse {
            deadlines += currentCallContext().deadline()
            if (request.name.length < 3) {
                return greeter.hello(HelloRequest.newBuilder().setName(request.name + "x").build())
            }
            try {
                awaitCancellation()
            } finally {
                ended = true
            }
        }
    }

    private fun call() {
        GreeterCoroutineHandler.register(loopback.server(), Relay())
        val context = CallContext.create().withDeadline(SECONDS, loopback.timers()).withCancellation(cancellation)
        CoroutineScope(Dispatchers.Unconfined).async {
            withCallContext(context) { greeter.hello(HelloRequest.newBuilder().setName("x").build()) }
        }
        assertThat(deadlines).hasSize(3).containsOnly(context.deadline())
    }

    @Test
    fun `ends the third hop at once when the caller is cancelled`() {
        call()
        assertThat(ended).isFalse()
        cancellation.cancel(MicroException.timeout("test", "not needed any more"))
        assertThat(ended).isTrue()
    }

    @Test
    fun `ends the third hop when the time of the first is over`() {
        call()
        (loopback.timers() as ManualTimers).advance(SECONDS.minusNanos(1))
        assertThat(ended).isFalse()
        (loopback.timers() as ManualTimers).advance(Duration.ofNanos(1))
        assertThat(ended).isTrue()
    }

    private companion object {
        val SECONDS: Duration = Duration.ofSeconds(3)
    }
}
