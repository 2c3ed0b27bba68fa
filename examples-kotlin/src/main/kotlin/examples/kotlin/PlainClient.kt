package examples.kotlin

import dev.vertxmicro.discovery.MicroAddress
import dev.vertxmicro.discovery.MicroAddressResolver
import dev.vertxmicro.registry.mdns.MdnsOptions
import dev.vertxmicro.registry.mdns.MdnsRegistry
import io.vertx.core.Future
import io.vertx.core.Vertx
import io.vertx.core.buffer.Buffer
import io.vertx.core.http.HttpMethod
import io.vertx.core.http.RequestOptions
import io.vertx.core.json.JsonObject
import io.vertx.kotlin.coroutines.coAwait
import kotlinx.coroutines.runBlocking
import kotlin.system.exitProcess

/** Calls the greeter with nothing but Vert.x's HTTP client, which finds it by name: `PlainClient [NAME]`. */
object PlainClient {
    @JvmStatic
    fun main(args: Array<String>): Unit = exitProcess(runBlocking { call(args) })

    private suspend fun call(args: Array<String>): Int {
        val vertx = Vertx.vertx()
        val registry = MdnsRegistry.create(vertx, MdnsOptions.DEFAULTS)
        val client = vertx.httpClientBuilder().withAddressResolver(MicroAddressResolver.create(registry)).build()
        return try {
            val hello =
                RequestOptions()
                    .setServer(MicroAddress.of("greeter"))
                    .setMethod(HttpMethod.POST)
                    .putHeader("Content-Type", "application/json")
                    .putHeader("Micro-Endpoint", "Greeter.Hello")
            val body = JsonObject().put("name", args.firstOrNull() ?: "davie")
            // composed: awaited here, on another thread, the body could have gone by unread
            val answer =
                client
                    .request(hello)
                    .compose { it.send(body.toBuffer()) }
                    .compose { answered ->
                        val refused: String? = answered.getHeader("Micro-Error")
                        if (refused == null) answered.body() else Future.failedFuture<Buffer>(refused)
                    }
                    .coAwait()
            println(answer.toJsonObject().getString("greeting"))
            0
        } catch (e: Exception) {
            System.err.println(e.message)
            1
        } finally {
            client.close().coAwait()
            registry.close().coAwait()
            vertx.close().coAwait()
        }
    }
}
