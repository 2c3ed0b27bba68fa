package examples.kotlin

import dev.vertxmicro.discovery.MicroServiceImporter
import io.vertx.core.Future
import io.vertx.core.Vertx
import io.vertx.core.buffer.Buffer
import io.vertx.core.http.HttpMethod
import io.vertx.core.json.JsonObject
import io.vertx.kotlin.coroutines.coAwait
import io.vertx.servicediscovery.ServiceDiscovery
import io.vertx.servicediscovery.types.HttpEndpoint
import kotlinx.coroutines.runBlocking
import kotlin.system.exitProcess

/** Calls the greeter as a record of vertx-service-discovery: `PlainDiscovery [NAME]`. */
object PlainDiscovery {
    @JvmStatic
    fun main(args: Array<String>): Unit = exitProcess(runBlocking { call(args) })

    private suspend fun call(args: Array<String>): Int {
        val vertx = Vertx.vertx()
        val discovery = ServiceDiscovery.create(vertx)
        return try {
            discovery.registerServiceImporter(MicroServiceImporter(), JsonObject()).coAwait()
            val greeter = HttpEndpoint.getClient(discovery, JsonObject().put("name", "greeter")).coAwait()
            val request = greeter.request(HttpMethod.POST, "/").coAwait()
            request.putHeader("Content-Type", "application/json").putHeader("Micro-Endpoint", "Greeter.Hello")
            val body = JsonObject().put("name", args.firstOrNull() ?: "davie")
            // composed: awaited here, on another thread, the body could have gone by unread
            val answer = request.send(body.toBuffer()).compose { answered ->
                val refused: String? = answered.getHeader("Micro-Error")
                if (refused == null) answered.body() else Future.failedFuture<Buffer>(refused)
            }.coAwait()
            println(answer.toJsonObject().getString("greeting"))
            0
        } catch (e: Exception) {
            System.err.println(e.message)
            1
        } finally {
            vertx.close().coAwait()
        }
    }
}
