package examples.kotlin

import dev.vertxmicro.client.CallOptions
import dev.vertxmicro.client.HedgeOptions
import dev.vertxmicro.kotlin.withCallContext
import dev.vertxmicro.message.CallContext
import dev.vertxmicro.selector.Strategy
import dev.vertxmicro.verticle.DescribedClient
import examples.kotlin.greeter.GreeterCoroutineService
import examples.kotlin.greeter.HelloRequest
import io.vertx.core.Vertx
import io.vertx.core.json.JsonObject
import io.vertx.kotlin.coroutines.coAwait
import kotlinx.coroutines.runBlocking
import java.time.Duration
import kotlin.system.exitProcess

/** Calls the greeter as a descriptor chooses and hedges, then with a strategy and a delay of its own: `SteadyClient FILE [NAME]`. */
object SteadyClient {
    /** The same user goes to the same node. Made once: its ring stays from call to call. */
    private val byUser = Strategy.hash("User")

    @JvmStatic
    fun main(args: Array<String>): Unit = exitProcess(runBlocking { call(args) })

    private suspend fun call(args: Array<String>): Int {
        if (args.isEmpty()) {
            System.err.println("usage: SteadyClient FILE [NAME], such as conf/steady-client.json")
            return 2
        }
        val vertx = Vertx.vertx()
        val descriptor = vertx.fileSystem().readFile(args[0]).coAwait()
        val client = DescribedClient.create(vertx, JsonObject(descriptor))
        val greeter = GreeterCoroutineService.create("greeter", client)
        val name = args.getOrElse(1) { "davie" }
        return try {
            println(greeter.hello(request(name)).greeting)
            println(byUser(greeter, name))
            0
        } catch (e: Exception) {
            System.err.println(e.message)
            1
        } finally {
            client.close().coAwait()
            vertx.close().coAwait()
        }
    }

    /** Another node is asked besides, if the user's own has not answered after 20 ms. */
    private suspend fun byUser(greeter: GreeterCoroutineService, name: String): String {
        val options =
            CallOptions.DEFAULTS
                .withStrategy(byUser)
                .withIdempotent(true)
                .withHedge(HedgeOptions.DEFAULTS.withDelay(Duration.ofMillis(20)))
        return withCallContext(CallContext.create().withMetadata("User", name)) {
            greeter.withOptions(options).hello(request(name)).greeting
        }
    }

    private fun request(name: String): HelloRequest = HelloRequest.newBuilder().setName(name).build()
}
