package dev.vertxmicro.kotlin

import dev.vertxmicro.launcher.MicroLauncher
import dev.vertxmicro.service.Service
import dev.vertxmicro.testkit.program.JavaProcess
import dev.vertxmicro.verticle.DescribedClient
import io.vertx.core.Vertx
import io.vertx.core.json.JsonArray
import io.vertx.core.json.JsonObject
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.io.TempDir
import pb.GreeterCoroutineHandler
import pb.GreeterCoroutineService
import pb.Helloworld.HelloRequest
import pb.Helloworld.HelloResponse
import java.net.DatagramSocket
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicBoolean

private const val PAUSE_MILLIS = 5L
private const val WORK_MILLIS = 50L

/** A service of coroutines, in a process of its own that is told to end. */
@Timeout(120)
class CoroutineDrainTest {
    class SlowGreeter : CoroutineServiceVerticle() {
        override suspend fun setUp(service: Service) {
            GreeterCoroutineHandler.register(
                service.server(),
                object : GreeterCoroutineHandler {
                    override suspend fun hello(request: HelloRequest): HelloResponse {
                        delay(WORK_MILLIS)
                        return HelloResponse.newBuilder().setGreeting("Hello ${request.name}").build()
                    }
                },
            )
        }
    }

    @TempDir
    lateinit var directory: Path

    private val vertx = Vertx.vertx()
    private val registry =
        JsonObject()
            .put("type", "mdns")
            .put(
                "mdns",
                JsonObject()
                    .put("address", "239.255.77.6:${DatagramSocket(0).use { it.localPort }}")
                    .put("interfaces", JsonArray().add("lo")),
            )

    @AfterEach
    fun stop() {
        vertx.close().await(20, TimeUnit.SECONDS)
    }

    /** Its callers have time to hear that it goes, however busy the machine is. */
    private fun start(id: String): JavaProcess {
        val server = JsonObject().put("address", "127.0.0.1:0").put("id", id).put("drainDelay", "2s")
        val descriptor =
            JsonObject()
                .put("service", JsonObject().put("name", "greeter"))
                .put("server", server)
                .put("registry", registry)
        val config = directory.resolve("$id.json")
        Files.writeString(config, descriptor.encode())
        return JavaProcess.start(
            MicroLauncher::class.java.name,
            "run",
            SlowGreeter::class.java.name,
            "-conf",
            config.toString(),
        )
    }

    /** Calls, 200 times a second, until told otherwise, whatever becomes of the calls before. */
    private suspend fun callOn(
        greeter: GreeterCoroutineService,
        enough: AtomicBoolean,
        failures: ConcurrentLinkedQueue<String>,
        answers: Channel<String>,
    ) = coroutineScope {
        while (!enough.get()) {
            launch {
                runCatching { greeter.hello(HelloRequest.newBuilder().setName("davie").build()) }
                    .onSuccess { answers.send(it.greeting) }
                    .onFailure { failures += it.toString() }
            }
            delay(PAUSE_MILLIS)
        }
    }

    @Test
    fun `loses no call when its process gets SIGTERM`() {
        val client = DescribedClient.create(vertx, JsonObject().put("registry", registry))
        val failures = ConcurrentLinkedQueue<String>()
        val answers = Channel<String>(Channel.UNLIMITED)
        start("a").use { going ->
            start("b").use { staying ->
                going.await("Registering node: ")
                staying.await("Registering node: ")
                client.warmUp(listOf("greeter")).await(20, TimeUnit.SECONDS)
                val enough = AtomicBoolean()
                runBlocking(Dispatchers.IO) {
                    launch { callOn(GreeterCoroutineService.create("greeter", client), enough, failures, answers) }
                    repeat(100) { assertThat(answers.receive()).isEqualTo("Hello davie") }
                    assertThat(going.terminate()).isEqualTo(143)
                    while (answers.tryReceive().isSuccess) continue
                    repeat(100) { answers.receive() }
                    enough.set(true)
                }
                assertThat(failures).isEmpty()
            }
        }
    }
}
