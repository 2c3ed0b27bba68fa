package examples.kotlin

import dev.vertxmicro.testkit.program.JavaProcess
import dev.vertxmicro.testkit.program.NetworkNamespace
import dev.vertxmicro.testkit.program.Requirement
import dev.vertxmicro.testkit.program.Requires
import io.vertx.core.Vertx
import io.vertx.core.json.JsonObject
import io.vertx.ext.auth.JWTOptions
import io.vertx.ext.auth.PubSecKeyOptions
import io.vertx.ext.auth.jwt.JWTAuth
import io.vertx.ext.auth.jwt.JWTAuthOptions
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.io.path.Path
import kotlin.io.path.readText
import kotlin.io.path.writeText

/** Runs the examples as their users do, each side in a JVM of its own; they find each other by mDNS. */
@Requires(Requirement.NETWORK)
class ExamplesTest {
    private fun run(vararg arguments: String): JavaProcess =
        JavaProcess.start(network, "dev.vertxmicro.launcher.MicroLauncher", "run", *arguments)

    private fun client(name: String, vararg arguments: String): JavaProcess =
        JavaProcess.start(network, "examples.kotlin.$name", *arguments)

    @Test
    fun greeterGreetsAndLeavesWhenTerminated() {
        run("examples.kotlin.GreeterVerticle", "-conf", "../conf/greeter.json").use { server ->
            server.await("Registering node: greeter-")
            client("GreeterClient", "davie").use { it.await("Hello davie") }
            client("CodecClient", "../conf/json-client.json", "服务").use {
                it.await("Hello 服务")
                it.await("Hello 服务")
            }
            client("SteadyClient", "../conf/steady-client.json", "davie").use {
                it.await("Hello davie")
                it.await("Hello davie")
                assertThat(it.exitCode()).isZero()
            }
            client("PlainClient", "plain").use { it.await("Hello plain") }
            client("PlainDiscovery", "record").use { it.await("Hello record") }
            client("RegistryChoice", "mdns").use { it.await("mdns: greeter") }
            assertThat(server.terminate()).isIn(0, 143)
        }
        for (name in listOf("GreeterClient", "PlainClient")) {
            client(name).use {
                it.await("error selecting greeter node: not found")
                assertThat(it.exitCode()).isEqualTo(1)
            }
        }
    }

    @Test
    fun loggedGreeterWritesJsonWithTheIdsOfItsCalls() {
        run("examples.kotlin.LoggedVerticle", "-conf", "../conf/wrapper-logging.json").use { server ->
            server.await("Registering node: greeter-")
            client("GreeterClient", "davie").use { it.await("Hello davie") }
            assertThat(server.await("\"message\":\"greeting davie\"")).contains("\"trace_id\":\"")
        }
    }

    @Test
    fun guardedGreeterKnowsWhoCalls(@TempDir folder: Path) {
        val secret = "a secret that is as long as a hash"
        val descriptor = JsonObject(Path("../conf/greeter.json").readText())
        descriptor.put("app", JsonObject().put("secret", secret)).remove("\$schema")
        val file = folder.resolve("guarded.json")
        file.writeText(descriptor.encode())
        run("examples.kotlin.GuardedVerticle", "-conf", file.toString()).use { server ->
            server.await("Registering node: greeter-")
            client("TokenClient", token(secret, "davie"), "John").use { it.await("Hello John, says davie") }
            client("GreeterClient").use { it.await("\"code\":401,\"detail\":\"no credentials\"") }
            server.terminate()
        }
    }

    /** As an issuer makes one. */
    private fun token(secret: String, name: String): String {
        val key = PubSecKeyOptions().setAlgorithm("HS256").setBuffer(secret)
        val vertx = Vertx.vertx()
        val options = JWTOptions().addAudience("greeter").setExpiresInSeconds(600)
        val issuer = JWTAuth.create(vertx, JWTAuthOptions().addPubSecKey(key))
        val token = issuer.generateToken(JsonObject().put("sub", name), options)
        vertx.close()
        return token
    }

    @Test
    fun tracedGreeterGoesOnWithTheTraceOfItsCaller() {
        run("examples.kotlin.TracedVerticle", "-conf", "../conf/tracing.json").use { server ->
            server.await("Registering node: greeter-")
            val body = """{"name": "davie"}"""
            val launcher = "dev.vertxmicro.launcher.MicroLauncher"
            JavaProcess.start(network, launcher, "call", "greeter", "Greeter.Hello", body, "--trace").use {
                val trace = it.await("trace: ")
                it.await("Hello davie")
                server.await(trace)
            }
            assertThat(server.terminate()).isIn(0, 143)
        }
    }

    @Test
    fun ticksAreStreamedByTheEventBusAlone(@TempDir folder: Path) {
        val topology = folder.resolve("ticks.json")
        topology.writeText(Path("../conf/ticks.json").readText().replace("\"examples.", "\"examples.kotlin."))
        run(topology.toString()).use { server ->
            server.await("tick 5")
            server.await("no more ticks")
        }
    }

    @Test
    fun meteredGreeterShowsWhatItHasCounted() {
        run("examples.kotlin.MeteredVerticle", "-conf", "../conf/metrics.json").use { server ->
            server.await("Metrics Listening on")
            server.await("Registering node: greeter-")
            client("GreeterClient", "davie").use { it.await("Hello davie") }
            server.terminate()
        }
    }

    @Test
    fun embeddedGreeterIsServed() {
        JavaProcess.start(network, "examples.kotlin.EmbeddedGreeter").use { server ->
            server.await("greeter is served")
            client("GreeterClient", "davie").use { it.await("Hello davie") }
            assertThat(server.terminate()).isEqualTo(143)
        }
    }

    @Test
    fun studentServiceFindsStudentsAndSaysWhomItDoesNotKnow() {
        run("examples.kotlin.StudentVerticle", "-conf", "../conf/student.json").use { server ->
            server.await("Registering node: student_service-")
            client("StudentClient", "davie").use { it.await("grade: 80") }
            client("StudentClient", "nobody").use { it.await("\"detail\":\"no student nobody\"") }
            server.terminate()
        }
    }

    @Test
    fun weatherIsStreamedEachWayBetweenTheLanguages() {
        run("examples.kotlin.WeatherVerticle", "-conf", "../conf/weather.json").use { server ->
            server.await("Registering node: weather-")
            client("WeatherClient").use { it.awaitWeather() }
            JavaProcess.start(network, "examples.WeatherClient").use { it.awaitWeather() }
            server.terminate()
        }
        run("examples.WeatherVerticle", "-conf", "../conf/weather.json").use { server ->
            server.await("Registering node: weather-")
            client("WeatherClient").use { it.awaitWeather() }
            server.terminate()
        }
    }

    @Test
    fun newsAreCarriedByTheEventBusAlone(@TempDir directory: Path) {
        val topology = directory.resolve("broker-node.json")
        topology.writeText(Path("../conf/broker-node.json").readText().replace("examples.", "examples.kotlin."))
        run(topology.toString()).use { server ->
            server.await("news from davie: It works")
            server.await("order: a book")
            server.terminate()
        }
    }

    private fun JavaProcess.awaitWeather() {
        await("Jena: 22.0 °C")
        await("3 readings, mean 21.0 °C")
        await("record: 25.0 °C")
        assertThat(exitCode()).isZero()
    }

    companion object {
        private val network = NetworkNamespace.create()

        @JvmStatic
        @AfterAll
        fun leave() = network.close()
    }
}
