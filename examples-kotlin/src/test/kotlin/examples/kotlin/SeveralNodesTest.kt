package examples.kotlin

import dev.vertxmicro.client.CallOptions
import dev.vertxmicro.client.Client
import dev.vertxmicro.client.ClientOptions
import dev.vertxmicro.client.ClientParts
import dev.vertxmicro.client.HedgeOptions
import dev.vertxmicro.registry.Registry
import dev.vertxmicro.selector.Selector
import dev.vertxmicro.selector.SelectorOptions
import dev.vertxmicro.selector.SelectorParts
import dev.vertxmicro.selector.Strategy
import dev.vertxmicro.server.Server
import dev.vertxmicro.server.ServerOptions
import dev.vertxmicro.server.ServerParts
import dev.vertxmicro.testkit.faults.FaultyNetwork
import dev.vertxmicro.testkit.faults.LinkFaults
import dev.vertxmicro.time.Timers
import dev.vertxmicro.transport.Transport
import examples.kotlin.greeter.GreeterCoroutineHandler
import examples.kotlin.greeter.GreeterCoroutineService
import examples.kotlin.greeter.HelloRequest
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import java.time.Duration
import java.util.SplittableRandom

class SeveralNodesTest {
    private val timers = Timers.manual()
    private val network = FaultyNetwork.create(timers, 42)
    private val memory = Transport.inMemory(timers)
    private val registry = Registry.inMemory(timers)

    private fun serve(node: String) {
        val options = ServerOptions.defaults().withName("greeter").withId(node).withAddress("127.0.0.1:0")
        val server = Server.create(options, ServerParts(network.transport(node, memory), registry, timers))
        GreeterCoroutineHandler.register(server, Greeter())
        assertThat(server.start().succeeded()).isTrue()
    }

    private fun client(): Client {
        val transport = network.transport("caller", memory)
        val selector = Selector.caching(
            SelectorOptions.DEFAULTS.withStrategy(Strategy.roundRobin()),
            SelectorParts(registry, timers, SplittableRandom(42), transport::probe),
        )
        return Client.create(ClientOptions.DEFAULTS, ClientParts(transport, selector, timers))
    }

    @Test
    fun `are asked one after the other where one hangs`() = runBlocking<Unit> {
        serve("a")
        serve("b")
        val client = client()
        val hedged = CallOptions.DEFAULTS
            .withIdempotent(true)
            .withHedge(HedgeOptions.DEFAULTS.withDelay(Duration.ofMillis(20)))
        val greeter = GreeterCoroutineService.create("greeter", client).withOptions(hedged)
        network.towards("a", LinkFaults.NONE.withBlackHole(true))
        val ada = HelloRequest.newBuilder().setName("Ada").build()
        val calls = List(2) { async(start = CoroutineStart.UNDISPATCHED) { greeter.hello(ada).greeting } }
        timers.advance(Duration.ofMillis(20))
        assertThat(calls.awaitAll()).containsExactly("Hello Ada", "Hello Ada")
        assertThat(client.statistics().hedges()).isOne()
    }
}
