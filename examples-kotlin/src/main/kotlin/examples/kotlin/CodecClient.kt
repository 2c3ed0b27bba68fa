package examples.kotlin

import dev.vertxmicro.client.CallOptions
import dev.vertxmicro.client.Request
import dev.vertxmicro.message.CallContext
import dev.vertxmicro.message.Endpoint
import dev.vertxmicro.verticle.DescribedClient
import examples.kotlin.greeter.GreeterCoroutineService
import examples.kotlin.greeter.HelloRequest
import io.vertx.core.Vertx
import io.vertx.core.json.JsonObject
import io.vertx.kotlin.coroutines.coAwait
import kotlinx.coroutines.runBlocking
import kotlin.system.exitProcess

/** Calls the greeter in the content type of a descriptor, then in another: `CodecClient FILE [NAME]`. */
object CodecClient {
    private val hello = Endpoint.unary("Greeter.Hello", JsonObject::class.java, JsonObject::class.java)

    @JvmStatic
    fun main(args: Array<String>): Unit = exitProcess(runBlocking { call(args) })

    private suspend fun call(args: Array<String>): Int {
        val vertx = Vertx.vertx()
        val descriptor = vertx.fileSystem().readFile(args[0]).coAwait()
        val client = DescribedClient.create(vertx, JsonObject(descriptor))
        val name = args.getOrElse(1) { "davie" }
        return try {
            println(inTheTypeOfTheDescriptor(client, name))
            println(inJsonRpc(client, name))
            0
        } catch (e: Exception) {
            System.err.println(e.message)
            1
        } finally {
            client.close().coAwait()
            vertx.close().coAwait()
        }
    }

    private suspend fun inTheTypeOfTheDescriptor(client: DescribedClient, name: String): String {
        val request = HelloRequest.newBuilder().setName(name).build()
        return GreeterCoroutineService.create("greeter", client).hello(request).greeting
    }

    /** Without generated classes: any JSON will do. */
    private suspend fun inJsonRpc(client: DescribedClient, name: String): String {
        val request =
            Request.of("greeter", hello, JsonObject().put("name", name))
                .withOptions(CallOptions.DEFAULTS.withContentType("application/json-rpc"))
        return client.call(CallContext.create(), request).coAwait().getString("greeting")
    }
}
