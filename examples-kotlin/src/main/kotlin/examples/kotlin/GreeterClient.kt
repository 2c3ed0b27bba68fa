package examples.kotlin

import dev.vertxmicro.verticle.DescribedClient
import examples.kotlin.greeter.GreeterCoroutineService
import examples.kotlin.greeter.HelloRequest
import io.vertx.core.Vertx
import io.vertx.core.json.JsonObject
import io.vertx.kotlin.coroutines.coAwait
import kotlinx.coroutines.runBlocking
import kotlin.system.exitProcess

/** Calls the greeter by name and prints its answer: `GreeterClient [NAME]`. */
object GreeterClient {
    @JvmStatic
    fun main(args: Array<String>): Unit = exitProcess(runBlocking { call(args) })

    private suspend fun call(args: Array<String>): Int {
        val vertx = Vertx.vertx()
        val client = DescribedClient.create(vertx, JsonObject())
        return try {
            val greeter = GreeterCoroutineService.create("greeter", client)
            val request = HelloRequest.newBuilder().setName(args.firstOrNull() ?: "davie").build()
            println(greeter.hello(request).greeting)
            0
        } catch (e: Exception) {
            System.err.println(e.message)
            1
        } finally {
            client.close().coAwait()
            vertx.close().coAwait()
        }
    }
}
