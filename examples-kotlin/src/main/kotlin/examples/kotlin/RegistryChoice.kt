package examples.kotlin

import dev.vertxmicro.engine.VertxTimers
import dev.vertxmicro.registry.Registry
import dev.vertxmicro.registry.consul.ConsulOptions
import dev.vertxmicro.registry.consul.ConsulRegistry
import dev.vertxmicro.registry.etcd.EtcdRegistry
import dev.vertxmicro.registry.etcd.EtcdRegistryOptions
import dev.vertxmicro.registry.kubernetes.KubernetesRegistry
import dev.vertxmicro.registry.kubernetes.KubernetesRegistryOptions
import dev.vertxmicro.registry.mdns.MdnsOptions
import dev.vertxmicro.registry.mdns.MdnsRegistry
import dev.vertxmicro.registry.nats.NatsRegistry
import dev.vertxmicro.registry.nats.NatsRegistryOptions
import dev.vertxmicro.registry.zookeeper.ZookeeperRegistry
import dev.vertxmicro.registry.zookeeper.ZookeeperRegistryOptions
import io.vertx.core.Vertx
import io.vertx.kotlin.coroutines.coAwait
import kotlinx.coroutines.runBlocking
import kotlin.system.exitProcess

/** Chooses a registry in code and lists its services: `RegistryChoice TYPE [ADDRESS]`. */
object RegistryChoice {
    private val servers = mapOf(
        "consul" to "127.0.0.1:8500",
        "etcd" to "127.0.0.1:2379",
        "kubernetes" to "http://127.0.0.1:8001",
        "nats" to "127.0.0.1:4222",
        "zookeeper" to "127.0.0.1:2181",
    )

    @JvmStatic
    fun main(args: Array<String>): Unit = exitProcess(runBlocking { list(args) })

    private suspend fun list(args: Array<String>): Int {
        val vertx = Vertx.vertx()
        val type = args.firstOrNull() ?: "mdns"
        val registry = choose(vertx, type, listOf(args.getOrElse(1) { servers[type] ?: "" }))
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

    private fun choose(vertx: Vertx, type: String, at: List<String>): Registry = when (type) {
        "memory" -> Registry.inMemory(VertxTimers.of(vertx))
        "consul" -> ConsulRegistry.create(vertx, ConsulOptions.DEFAULTS.withAddresses(at))
        "etcd" -> EtcdRegistry.create(vertx, EtcdRegistryOptions.DEFAULTS.withAddresses(at))
        "kubernetes" -> KubernetesRegistry.create(vertx, KubernetesRegistryOptions.DEFAULTS.withAddresses(at))
        "nats" -> NatsRegistry.create(vertx, NatsRegistryOptions.DEFAULTS.withAddresses(at))
        "zookeeper" -> ZookeeperRegistry.create(vertx, ZookeeperRegistryOptions.DEFAULTS.withAddresses(at))
        else -> MdnsRegistry.create(vertx, MdnsOptions.DEFAULTS)
    }
}
