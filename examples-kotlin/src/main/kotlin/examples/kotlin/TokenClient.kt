package examples.kotlin

import dev.vertxmicro.verticle.DescribedClient
import examples.kotlin.greeter.GreeterCoroutineService
import examples.kotlin.greeter.HelloRequest
import io.vertx.core.Vertx
import io.vertx.core.json.JsonArray
import io.vertx.core.json.JsonObject
import io.vertx.kotlin.coroutines.coAwait
import kotlinx.coroutines.runBlocking
import kotlin.system.exitProcess

/** Calls the guarded greeter with a token, which nobody else is shown: `TokenClient TOKEN [NAME]`. */
object TokenClient {
    @JvmStatic
    fun main(args: Array<String>): Unit = exitProcess(runBlocking { call(args) })

    private suspend fun call(args: Array<String>): Int {
        if (args.isEmpty()) {
            System.err.println("usage: TokenClient TOKEN [NAME]")
            return 2
        }
        val vertx = Vertx.vertx()
        val client = DescribedClient.create(vertx, descriptor(args[0]))
        val request = HelloRequest.newBuilder().setName(args.getOrElse(1) { "davie" }).build()
        return try {
            println(GreeterCoroutineService.create("greeter", client).hello(request).greeting)
            0
        } catch (e: Exception) {
            System.err.println(e.message)
            1
        } finally {
            client.close().coAwait()
            vertx.close().coAwait()
        }
    }

    private fun descriptor(token: String): JsonObject {
        val shown = JsonObject().put("token", token).put("services", JsonArray().add("greeter"))
        val wrapper = JsonObject().put("type", "jwt").put("jwt", JsonObject().put("client", shown))
        return JsonObject()
            .put("registry", JsonObject().put("type", "mdns"))
            .put("wrappers", JsonArray().add(wrapper))
    }
}
