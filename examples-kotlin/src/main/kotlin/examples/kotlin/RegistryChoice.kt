package examples.kotlin

import dev.vertxmicro.engine.VertxTimers
import dev.vertxmicro.registry.Registry
import dev.vertxmicro.registry.consul.ConsulOptions
import dev.vertxmicro.registry.consul.ConsulRegistry
import dev.vertxmicro.registry.mdns.MdnsOptions
import dev.vertxmicro.registry.mdns.MdnsRegistry
import io.vertx.core.Vertx
import io.vertx.kotlin.coroutines.coAwait
import kotlinx.coroutines.runBlocking
import kotlin.system.exitProcess

/** Chooses a registry in code and lists its services: `RegistryChoice mdns|memory|consul [ADDRESS]`. */
object RegistryChoice {
    @JvmStatic
    fun main(args: Array<String>): Unit = exitProcess(runBlocking { list(args) })

    private suspend fun list(args: Array<String>): Int {
        val vertx = Vertx.vertx()
        val registry = choose(vertx, args.firstOrNull() ?: "mdns", args.getOrElse(1) { "127.0.0.1:8500" })
        return try {
            println("${registry.type()}: ${registry.list().coAwait().joinToString(" ")}")
            0
        } catch (e: Exception) {
            System.err.println(e.message)
            1
        } finally {
            registry.close().coAwait()
            vertx.close().coAwait()
        }
    }

    private fun choose(vertx: Vertx, type: String, address: String): Registry = when (type) {
        "memory" -> Registry.inMemory(VertxTimers.of(vertx))
        "consul" -> ConsulRegistry.create(vertx, ConsulOptions.DEFAULTS.withAddresses(listOf(address)))
        else -> MdnsRegistry.create(vertx, MdnsOptions.DEFAULTS)
    }
}
