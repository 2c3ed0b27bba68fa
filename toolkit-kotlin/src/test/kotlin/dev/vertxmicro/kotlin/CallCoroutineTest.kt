package dev.vertxmicro.kotlin

import dev.vertxmicro.client.Request
import dev.vertxmicro.error.MicroException
import dev.vertxmicro.message.CallContext
import dev.vertxmicro.message.Cancellation
import dev.vertxmicro.message.Endpoint
import dev.vertxmicro.message.ThreadScope
import dev.vertxmicro.testkit.Loopback
import io.vertx.core.Vertx
import io.vertx.junit5.VertxExtension
import io.vertx.kotlin.coroutines.coAwait
import io.vertx.kotlin.coroutines.dispatcher
import io.vertx.kotlin.coroutines.vertxFuture
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlinx.coroutines.yield
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.extension.ExtendWith
import java.io.IOException
import java.util.concurrent.TimeUnit
import kotlin.coroutines.CoroutineContext

@Timeout(30)
@ExtendWith(VertxExtension::class)
class CallCoroutineTest {
    private val endpoint = Endpoint.unary("Echo.Call", String::class.java, String::class.java)
    private val request = Request.of("echo", endpoint, "hi")
    private val loopback = Loopback()

    @Test
    fun `stays on the context that the call came on`(vertx: Vertx) {
        loopback.server().handleSuspending(endpoint) {
            val before = Vertx.currentContext()
            delay(1)
            check(Vertx.currentContext() === before) { "left its context" }
            thread()
        }
        val (thread, answer) =
            vertxFuture(vertx) { thread() to loopback.client().callSuspending(request) }
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
        assertThat(answer).isEqualTo(thread)
    }

    @Test
    fun `has what belongs on the thread of its call wherever it goes on`() {
        val on = ThreadLocal<String>()
        val call = ThreadScope.within(CallContext.create()) {
            on.set("davie")
            ThreadScope.Exit { on.remove() }
        }
        val answer = answerWith(call, Dispatchers.Default) {
            val first = on.get()
            delay(1)
            val later = on.get()
            listOf(first, later, withContext(Dispatchers.IO) { on.get() })
        }
        assertThat(on.get()).isNull()
        assertThat(answer.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS))
            .containsExactly("davie", "davie", "davie")
    }

    @Test
    fun `ends when its call is cancelled, with the reason of the call`() {
        val reason = MicroException.timeout("go.micro.client", "too late")
        val seen = CompletableDeferred<Throwable>()
        loopback.server().handleSuspending(endpoint) { awaiting(seen) }
        val cancellation = Cancellation()
        val call = loopback.client().call(CallContext.create().withCancellation(cancellation), request)
        assertThat(call.isComplete).isFalse()
        cancellation.cancel(reason)
        assertThat(call.cause().cause).isSameAs(reason)
        assertThat(runBlocking { seen.await() }).isInstanceOf(CancellationException::class.java)
    }

    @Test
    fun `is cancelled with the coroutine of its caller`() = runBlocking<Unit> {
        val seen = CompletableDeferred<Throwable>()
        loopback.server().handleSuspending(endpoint) { awaiting(seen) }
        val call = async(start = CoroutineStart.UNDISPATCHED) { loopback.client().callSuspending(request) }
        call.cancel()
        assertThat(seen.await()).isInstanceOf(CancellationException::class.java)
    }

    @Test
    fun `is cancelled with the call that its caller works on`() = runBlocking<Unit> {
        val seen = CompletableDeferred<Throwable>()
        loopback.server().handleSuspending(endpoint) { awaiting(seen) }
        val outer = Cancellation()
        val context = CallContextElement(CallContext.create().withCancellation(outer))
        val call =
            async(context, CoroutineStart.UNDISPATCHED) {
                runCatching { loopback.client().callSuspending(request) }
            }
        outer.cancel(MicroException.timeout("go.micro.client", "too late"))
        assertThat(call.await().exceptionOrNull()).hasStackTraceContaining("too late")
    }

    @Test
    fun `answers even if its parent job has ended`() {
        loopback.server().handleSuspending(endpoint, Job().apply { cancel() }) {
            delay(1)
            it
        }
        val call = loopback.client().call(request)
        assertThat(call.failed()).isTrue()
    }

    @Test
    fun `answers whatever its handler throws`() {
        for (thrown in listOf(IOException("x"), NotImplementedError("later"), NoClassDefFoundError("x"))) {
            val loopback = Loopback()
            loopback.server().handleSuspending(endpoint) { throw thrown }
            assertThat(loopback.client().call(request).failed()).isTrue()
        }
    }

    @Test
    fun `answers even if its dispatcher throws`() {
        val broken =
            object : CoroutineDispatcher() {
                override fun dispatch(context: CoroutineContext, block: Runnable): Unit = error("no threads")
            }
        loopback.server().handleSuspending(endpoint, broken) {
            yield()
            it
        }
        assertThat(loopback.client().call(request).failed()).isTrue()
    }

    @Test
    fun `takes another dispatcher`(vertx: Vertx) = runBlocking<Unit> {
        loopback.server().handleSuspending(endpoint, vertx.dispatcher()) {
            yield() // it started undispatched; a delay may be over before it suspends
            Thread.currentThread().name
        }
        assertThat(loopback.client().call(request).coAwait()).contains("vert.x-eventloop")
    }

    @Test
    fun `gives an empty context outside of calls`() = runBlocking<Unit> {
        assertThat(currentCallContext().outgoing().size()).isZero()
        assertThat(currentCallContext()).isNotSameAs(currentCallContext())
        val blue = CallContext.create().withMetadata("Tenant", "blue")
        withContext(CallContextElement(blue)) { assertThat(currentCallContext()).isSameAs(blue) }
    }

    /** The test JVM's assertions make coroutines append their own name. */
    private fun thread() = Thread.currentThread().name.substringBefore(" @")

    private suspend fun awaiting(seen: CompletableDeferred<Throwable>): String = try {
        awaitCancellation()
    } catch (cancelled: CancellationException) {
        seen.complete(cancelled)
        throw cancelled
    }
}
