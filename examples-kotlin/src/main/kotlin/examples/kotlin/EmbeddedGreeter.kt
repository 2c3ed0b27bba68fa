package examples.kotlin

import io.vertx.core.DeploymentOptions
import io.vertx.core.Vertx
import io.vertx.core.json.JsonObject
import io.vertx.kotlin.coroutines.coAwait
import kotlinx.coroutines.runBlocking
import kotlin.concurrent.thread
import kotlin.system.exitProcess

/** Serves the greeter from a program of one's own, without the launcher: `EmbeddedGreeter [ADDRESS]`. */
object EmbeddedGreeter {
    @JvmStatic
    fun main(args: Array<String>): Unit = runBlocking {
        val vertx = Vertx.vertx()
        Runtime.getRuntime().addShutdownHook(thread(start = false) { runBlocking { vertx.close().coAwait() } })
        val descriptor = JsonObject()
            .put("service", JsonObject().put("name", "greeter").put("version", "1.0.0"))
            .put("server", JsonObject().put("address", args.firstOrNull() ?: ":0"))
        try {
            vertx.deployVerticle(GreeterVerticle(), DeploymentOptions().setConfig(descriptor)).coAwait()
            println("greeter is served")
        } catch (e: Exception) {
            System.err.println(e.message)
            exitProcess(1)
        }
    }
}
